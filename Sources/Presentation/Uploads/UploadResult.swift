package import Contract
package import Evaluation

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
        document.table(
            UploadCountTable(
                counts: report.counts,
                isLabels: subject == .labels,
                isDryRun: report.isDryRun
            ).table
        )
        if report.counts.received == 0 {
            document.paragraph("The input has no rows.", .warning)
        }
        if report.counts.rejected > 0 {
            document.space()
            document.append(RejectText.document(Array(report.rejects.prefix(Self.shownRejects))))
            document.paragraph(moreRejects, .faint)
        }
        if let note = LateRowsNote.note(report.counts.afterUse, of: report.task) {
            document.paragraph(note, .faint)
        }
        if report.isContradicting {
            document.append(ContradictionWarning(report: report, subject: subject).document)
        }
        for hint in report.hints {
            document.space()
            document.paragraph("Hint: \(hint)")
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

    package var json: JSONValue { report.json }

    package var csv: CSVTable { CSVTable(UploadReport.shape, [report]) }
}
