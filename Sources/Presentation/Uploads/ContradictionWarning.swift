import Evaluation

/// What is said where so many rows of an upload contradict others that one of the files is likely to be wrong.
struct ContradictionWarning {
    var report: UploadReport
    var subject: UploadResult.Subject

    /// Uploads that are named.
    private static let named = 3

    var document: Document {
        var document = Document()
        document.space()
        document.paragraph("Warning: \(rows) \(contradicted). \(rule)", .warning)
        let rivals = report.contradicted.map(\.uploadID).filter { $0 != report.uploadID }
        if let rival = rivals.first {
            document.paragraph("If upload \(rival) is the wrong one, take it back:")
            document.lines([command(rival)])
        }
        if let uploadID = report.uploadID {
            document.paragraph("If this one is:")
            document.lines([command(uploadID)])
        }
        return document
    }

    private var rows: String {
        let count = Int(report.contradictingRows)
        let all = NumberText.count(Int(report.counts.received), "row", "rows")
        return "\(NumberText.count(count)) of \(all) \(count == 1 ? "contradicts" : "contradict")"
    }

    private var contradicted: String {
        let all = report.contradicted
        let names = all.prefix(Self.named).map { uploadID, rows in
            let name =
                uploadID == report.uploadID ? "other rows of this upload" : "upload \(uploadID)"
            return all.count > 1 ? "\(name) (\(NumberText.count(rows)))" : name
        }
        let more = all.count > Self.named ? " and \(all.count - Self.named) more" : ""
        return names.joined(separator: ", ") + more
    }

    private var rule: String {
        switch subject {
        case .predictions:
            "Of each the earliest prediction stands, then the one that was told first."
        case .labels: "Of labels of one source and time the one that was told last is current."
        }
    }

    private func command(_ uploadID: Int64) -> String {
        "    gnomon uploads withdraw \(uploadID) --task \(report.task) --note \"wrong file\""
    }
}
