package import Evaluation

/// What is said where requests were told in several ways.
package enum ContradictionNote {
    /// - Parameters:
    ///   - contradictions: Of the question; `nil` where there are none.
    ///   - task: That it is about.
    ///   - voice: Who reads it, and how to take an upload back from there.
    /// - Returns: A sentence or two; `nil` where there are none.
    package static func note(
        _ contradictions: Contradictions?,
        of task: PredictionTask,
        for voice: Voice
    ) -> String? {
        guard let contradictions else { return nil }
        let note =
            "Told in several ways: \(requests(contradictions.requests))\(uploads(contradictions))."
        guard voice == .terminal else { return note }
        return note
            + " Take a wrong upload back: gnomon uploads withdraw ID --task \(task.name) --note TEXT"
    }

    private static func requests(_ count: ContradictionCount) -> String {
        var parts: [String] = []
        if count.scores > 0 { parts.append("\(requests(count.scores)) with several scores") }
        if count.labels > 0 {
            parts.append("\(requests(count.labels)) with several labels of the same time")
        }
        return parts.joined(separator: ", ")
    }

    private static func requests(_ count: Int64) -> String {
        NumberText.count(Int(count), "request", "requests")
    }

    private static func uploads(_ contradictions: Contradictions) -> String {
        guard !contradictions.uploads.isEmpty else { return "" }
        let named = contradictions.uploads.map { upload in
            let against = upload.against == upload.id ? "itself" : "upload \(upload.against)"
            return "upload \(upload.id) contradicts \(against) in "
                + NumberText.count(Int(upload.rows), "row", "rows")
        }
        let more =
            contradictions.moreUploads > 0
            ? ", and \(NumberText.count(contradictions.moreUploads, "more does", "more do"))" : ""
        return "; \(named.joined(separator: ", "))\(more)"
    }
}
