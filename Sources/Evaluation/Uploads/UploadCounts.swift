/// What an upload counts, by the name that answers and the ledger give it.
package enum UploadCount: String, Sendable, CaseIterable {
    case received
    case accepted
    case duplicate
    /// Predictions whose (prediction id, model) was there with other content; both are kept.
    case conflict
    /// Labels that revise a label which was there.
    case corrected
    case withdrawn
    /// Labels without a prediction, so far.
    case orphan
    /// Labels with a prediction; of predictions, those whose label was there already.
    case joined
    /// Labels that were observed before their prediction was made.
    case labelBeforePrediction = "label_before_prediction"
    /// Rows that were in time for evidence which an answer had used before they came.
    case afterUse = "after_use"
    case rejected

    fileprivate var path: WritableKeyPath<UploadCounts, Int64> {
        switch self {
        case .received: \.received
        case .accepted: \.accepted
        case .duplicate: \.duplicate
        case .conflict: \.conflict
        case .corrected: \.corrected
        case .withdrawn: \.withdrawn
        case .orphan: \.orphan
        case .joined: \.joined
        case .labelBeforePrediction: \.labelBeforePrediction
        case .afterUse: \.afterUse
        case .rejected: \.rejected
        }
    }
}

/// What became of the rows of an upload: a vector of counts.
///
/// For predictions `received = accepted + duplicate + conflict + rejected`; for labels
/// `received = accepted + duplicate + rejected`, and `corrected`, `withdrawn`, `orphan`, `joined` and
/// `labelBeforePrediction` say what the accepted ones were. `afterUse` counts rows of both kinds.
package struct UploadCounts: Sendable, Equatable {
    package var received: Int64 = 0
    package var accepted: Int64 = 0
    package var duplicate: Int64 = 0
    package var conflict: Int64 = 0
    package var corrected: Int64 = 0
    package var withdrawn: Int64 = 0
    package var orphan: Int64 = 0
    package var joined: Int64 = 0
    package var labelBeforePrediction: Int64 = 0
    package var afterUse: Int64 = 0
    package var rejected: Int64 = 0

    package init() {}

    /// - Parameter value: Of each count.
    /// - Throws: What it throws.
    package init<E: Error>(_ value: (UploadCount) throws(E) -> Int64) throws(E) {
        for count in UploadCount.allCases { self[count] = try value(count) }
    }

    package subscript(count: UploadCount) -> Int64 {
        get { self[keyPath: count.path] }
        set { self[keyPath: count.path] = newValue }
    }

    package static func + (left: UploadCounts, right: UploadCounts) -> UploadCounts {
        UploadCounts { left[$0] + right[$0] }
    }

    package static func - (left: UploadCounts, right: UploadCounts) -> UploadCounts {
        UploadCounts { left[$0] - right[$0] }
    }

    package static func += (left: inout UploadCounts, right: UploadCounts) {
        left = left + right
    }

    /// What sending the same rows again amounts to.
    package var asResend: UploadCounts {
        var counts = UploadCounts()
        counts.received = received
        counts.rejected = rejected
        counts.duplicate = received - rejected
        return counts
    }
}
