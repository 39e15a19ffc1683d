import Contract
import Endpoints
import Evaluation
import Ingest
import Presentation

extension TaskSettings {
    /// The settings that were given, as members of a task; a baseline file is taken by itself.
    var members: [JSONValue.Member] {
        var members: [JSONValue.Member] = []
        func add(_ name: String, _ value: JSONValue?) {
            if let value { members.append(JSONValue.Member(name: name, value: value)) }
        }
        add("classes", classes.map(JSONValue.strings))
        add("positive", positive.map(JSONValue.string))
        add("threshold", threshold.map { JSONValue($0) })
        add("horizon", horizon.map { .string(DurationText.text($0)) })
        add("no_label_means", (noLabelMeans?.rawValue).map(JSONValue.string))
        add("time_zone", timeZone.map(JSONValue.string))
        add("bucket", (bucket?.rawValue).map(JSONValue.string))
        add("slices", slices.map(JSONValue.strings))
        add("evidence_unit", (evidenceUnit?.rawValue).map(JSONValue.string))
        add("label_sources", labelSources.map(JSONValue.strings))
        add("tolerance", tolerance.map { .string(ToleranceText.text($0)) })
        add("minimum_coverage", minimumCoverage.map { JSONValue($0) })
        add("retention", (retention?.text).map(JSONValue.string))
        if baselineFile == nil { add("baseline", baseline.map { .string($0.text) }) }
        return members
    }

    /// Has a service make or change a task, and then take its baseline file.
    ///
    /// `request` is `nil` where there is a baseline file only.
    func change(
        _ name: String,
        by request: RemoteRequest?,
        on service: RemoteService,
        _ format: OutputFormat
    ) async throws {
        let file = try baselineFile.map {
            try RowsFile(InputSource(argument: $0), format: nil)
        }
        defer { file?.remove() }
        if let request {
            let output = try await service.output(request, format)
            // Of a table both are read; of a document there is one.
            if file == nil || format == .table { try output.present() }
        }
        guard let file else { return }
        var parameters = Parameters(["file": file.name])
        parameters.add("columns", columns.isEmpty ? nil : columns.joined(separator: ","))
        parameters.add("set", set.isEmpty ? nil : set.joined(separator: ","))
        var rows = RemoteRequest(
            "PUT",
            "v1",
            "tasks",
            name,
            "baseline",
            parameters: parameters
        )
        rows.body = .rows(file)
        do {
            try await service.output(rows, format).present()
        } catch let error as RemoteError where request?.method == "POST" {
            throw CommandError.baselineNotTaken(
                task: name,
                file: file.name,
                reason: error.description,
                status: error.status
            )
        }
    }
}
