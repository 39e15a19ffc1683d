package import Contract
package import Harness
import Ingest
import Store

/// What became of the rows of an upload.
package struct UploadResult: Presentable {
    package enum Subject: String, Sendable {
        case predictions
        case labels
    }

    package var report: UploadReport
    package var subject: Subject

    /// Rejects that are shown; the others are listed by a command.
    package static let shownRejects = 10

    package init(report: UploadReport, subject: Subject) {
        self.report = report
        self.subject = subject
    }

    package var status: ExitStatus {
        report.isRefused ? .wrongData : .done
    }

    package var failure: String? {
        report.isRefused
            ? "\(NumberText.count(report.counts.rejected)) of "
                + "\(NumberText.count(report.counts.received)) rows rejected, so nothing was kept "
                + "(--strict)."
            : nil
    }

    package var document: Document {
        var document = Document()
        document.heading(title)
        document.table(countTable)
        if report.counts.received == 0 {
            document.paragraph("The input has no rows.", .warning)
        }
        if report.counts.rejected > 0 {
            document.space()
            document.append(RejectText.document(Array(report.rejects.prefix(Self.shownRejects))))
            document.paragraph(moreRejects, .faint)
        }
        if report.isContradicting {
            document.append(ContradictionWarning(report: report, subject: subject).document)
        }
        return document
    }

    private var title: String {
        let task = "Task \(report.task), \(subject.rawValue)"
        if report.isDryRun { return "\(task): dry run, nothing is kept" }
        if report.isRefused { return "\(task): refused, nothing is kept" }
        if report.isResend { return "\(task): this input had been uploaded before" }
        return "\(task): uploaded"
    }

    private var moreRejects: String {
        let total = report.counts.rejected
        let shown = min(report.rejects.count, Self.shownRejects)
        var text = total > shown ? "The first \(shown) of \(NumberText.count(total)) rejects. " : ""
        text +=
            report.isDryRun || report.isRefused
            ? "List up to \(UploadReport.rejectLimit) with --format json or csv."
            : "List all: gnomon labels rejects --task \(report.task)"
        return text
    }

    private struct Count {
        var name: String
        var value: Int64
        var meaning: String
        var isAlwaysShown = false
        var isWarning = false
    }

    private var counts: [Count] {
        let counts = report.counts
        let isLabels = subject == .labels
        return [
            Count(
                name: "received",
                value: counts.received,
                meaning: "rows read",
                isAlwaysShown: true
            ),
            Count(
                name: "accepted",
                value: counts.accepted,
                meaning: report.isDryRun ? "could be kept" : "new, kept",
                isAlwaysShown: true
            ),
            Count(
                name: "duplicate",
                value: counts.duplicate,
                meaning: "the same again: changes nothing"
            ),
            Count(
                name: "conflict",
                value: counts.conflict,
                meaning:
                    "told otherwise: the earliest stands, then the first told",
                isWarning: true
            ),
            Count(
                name: "corrected",
                value: counts.corrected,
                meaning: "new revisions of labels that were there"
            ),
            Count(name: "withdrawn", value: counts.withdrawn, meaning: "labels taken back"),
            Count(
                name: "orphan",
                value: counts.orphan,
                meaning: "wait for their prediction",
                isWarning: true
            ),
            Count(
                name: "joined",
                value: counts.joined,
                meaning: isLabels
                    ? "met their prediction" : "met a label that was waiting",
                isAlwaysShown: isLabels
            ),
            Count(
                name: "early",
                value: counts.labelBeforePrediction,
                meaning: "labels observed before their prediction was made",
                isWarning: true
            ),
            Count(
                name: "rejected",
                value: counts.rejected,
                meaning: "not usable",
                isAlwaysShown: true,
                isWarning: true
            ),
        ]
    }

    private var countTable: TextTable {
        var table = TextTable([.left(""), .right(""), .left("", limit: 70)])
        for count in counts where count.isAlwaysShown || count.value > 0 {
            let emphasis: TextStyle.Emphasis =
                count.isWarning && count.value > 0 ? .warning : .none
            table.add([
                TextTable.Cell(count.name), TextTable.Cell(NumberText.count(count.value), emphasis),
                TextTable.Cell(count.meaning, .faint),
            ])
        }
        return table
    }

    package var json: JSONValue { report.json }

    package var csv: CSVTable {
        guard case .object(let members) = json else { return CSVTable([]) }
        let flat = members.filter { !["rejects", "contradicts"].contains($0.name) }
        var csv = CSVTable(flat.map(\.name))
        csv.rows = [flat.map(\.value)]
        return csv
    }
}
