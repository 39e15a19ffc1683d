package import Evaluation

extension UploadCounts: Shaped {
    package static let shape = Shape<UploadCounts>.object(
        UploadCount.allCases.map { count in
            .member(count.rawValue, .count, count.meaning) { $0[count] }
        }
    ).named("upload_counts")
}

extension UploadCount {
    fileprivate var meaning: String {
        switch self {
        case .received: "Rows."
        case .accepted: "Rows that were new."
        case .duplicate: "Rows that were there already."
        case .conflict: "Other contents for a prediction that is there."
        case .corrected: "Labels whose value changed."
        case .withdrawn: "Labels taken back by their senders, row by row."
        case .orphan: "Labels without a prediction so far."
        case .joined: "Labels that met their prediction, or predictions that met a label."
        case .labelBeforePrediction: "Labels observed before their prediction was made."
        case .afterUse:
            "Rows that were known in time for evidence, and came after an answer had used it."
        case .rejected: "Rows that could not be used."
        }
    }
}
