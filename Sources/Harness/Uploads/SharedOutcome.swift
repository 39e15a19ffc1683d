import Evaluation
import Store

/// What became of the bodies that share uploads.
struct SharedOutcome {
    private var reports: [UploadReport]
    private var errors: [(any Error)?]
    /// Why the rest need not be tried.
    private(set) var failure: (any Error)?

    init(task: Name, parts: Int) {
        reports = Array(repeating: UploadReport(task: task), count: parts)
        errors = Array(repeating: nil, count: parts)
    }

    /// Of each body what became of all of its rows; of one that has a row of which nobody knows, why.
    var results: [Result<UploadReport, any Error>] {
        zip(reports, errors).map { report, error in
            error.map { .failure($0) } ?? .success(report)
        }
    }

    /// Tells each body its share of an upload, whose lines are the rows.
    mutating func add(_ report: UploadReport, of rows: ArraySlice<GroupedRows.Row>) {
        for row in rows { reports[row.part].uploadID = report.uploadID }
        for (line, counts) in report.lines?.counts ?? [:] {
            let part = rows[rows.startIndex + Int(line) - 1].part
            reports[part].counts += counts
            reports[part].counts.received +=
                counts.accepted + counts.duplicate + counts.conflict
        }
        for (line, uploads) in report.lines?.contradicted ?? [:] {
            let part = rows[rows.startIndex + Int(line) - 1].part
            for upload in uploads { reports[part].contradicts[upload, default: 0] += 1 }
        }
        for reject in report.rejects {
            let row = rows[rows.startIndex + Int(reject.line) - 1]
            var own = reject
            own.line = row.number
            reports[row.part].rejects.append(own)
            reports[row.part].counts.rejected += 1
            reports[row.part].counts.received += 1
        }
    }

    /// Notes that nobody knows what became of some rows.
    mutating func fail(_ rows: ArraySlice<GroupedRows.Row>, because error: any Error) {
        failure = error
        for row in rows where errors[row.part] == nil { errors[row.part] = error }
    }
}
