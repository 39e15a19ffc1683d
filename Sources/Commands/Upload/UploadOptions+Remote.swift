import Evaluation
import Harness
import Ingest

extension UploadOptions {
    /// The options as parameters of a request.
    var query: RemoteQuery {
        var query = RemoteQuery()
        query.add("columns", columns)
        query.add("set", set)
        query.add("ignore", ignore)
        query.add("assume_time_zone", assumeTimeZone)
        query.add("repeated_hour", repeatedHour?.rawValue)
        query.add("backfill", backfill)
        query.add("strict", strict)
        query.add("dry_run", dryRun)
        return query
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
            request.query.append(("file", rows.name))
            request.body = .rows(rows)
            let report = try await service.upload(request)
            if total == nil { total = report } else { total? += report }
        }
        return total ?? UploadReport(task: "")
    }
}
