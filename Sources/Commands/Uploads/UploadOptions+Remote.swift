import Contract
import Evaluation
import Harness
import Ingest

extension UploadOptions {
    /// The options as parameters of a request.
    var parameters: Parameters {
        var parameters = Parameters()
        parameters.add("columns", Self.joined(columns))
        parameters.add("set", Self.joined(set))
        parameters.add("ignore", Self.joined(ignore))
        parameters.add("assume_time_zone", assumeTimeZone)
        parameters.add("repeated_hour", repeatedHour?.rawValue)
        parameters.add("backfill", backfill)
        parameters.add("strict", strict)
        parameters.add("dry_run", dryRun)
        return parameters
    }

    /// Each may be a list itself.
    private static func joined(_ lists: [String]) -> String? {
        lists.isEmpty ? nil : lists.joined(separator: ",")
    }

    /// Sends the files, one after the other.
    ///
    /// - Parameters:
    ///   - request: Without rows.
    ///   - service: Takes them.
    /// - Returns: What became of all of them.
    /// - Throws: `RemoteError`, or `IngestError` for a file that cannot be read.
    func send(_ request: RemoteRequest, to service: RemoteService) async throws -> UploadReport {
        guard files.count == 1 || !strict else { throw RemoteError.strictFiles }
        _ = try self.request()
        var total: UploadReport?
        for file in files {
            let rows = try RowsFile(InputSource(argument: file), format: inputFormat)
            defer { rows.remove() }
            var request = request
            request.parameters["file"] = rows.name
            request.body = .rows(rows)
            let report = try await service.upload(request)
            if total == nil { total = report } else { total? += report }
        }
        return total ?? UploadReport(task: "")
    }
}
