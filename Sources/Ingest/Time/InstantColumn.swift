import Evaluation

/// Where the instants of a role come from: a column, or a constant, or nowhere.
struct InstantColumn: Sendable {
    private let role: ColumnRole
    /// Whether a row without it is refused.
    private let isRequired: Bool
    private var column = ColumnFinder.none
    private var constant = Instant.distantPast

    init(_ role: ColumnRole, isRequired: Bool) {
        self.role = role
        self.isRequired = isRequired
    }

    /// Prepares for the columns of a file.
    mutating func use(_ finder: ColumnFinder) throws(IngestError) {
        column = finder.column(for: role)
        constant = try finder.constantInstant(for: role)
    }

    /// The instant of a row; `Instant.distantPast` where it is not required, and missing.
    func read(
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>,
        _ instants: inout InstantReader
    ) throws(Refusal) -> Instant {
        let instant = try value(bytes, fields, &instants)
        if role == .predictedAt, instant != .distantPast {
            let field = column < 0 ? .missing : fields[column]
            try instants.checkKept(instant, field, bytes) { name }
        }
        return instant
    }

    private func value(
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>,
        _ instants: inout InstantReader
    ) throws(Refusal) -> Instant {
        if column < 0, !isRequired || constant != .distantPast { return constant }
        let field = column < 0 ? .missing : fields[column]
        if !isRequired, field.isAbsent { return .distantPast }
        return try instants.read(field, bytes, isKnowledge: role == .knownAt) { name }
    }

    private var name: String {
        switch role {
        case .predictedAt: "predicted_at"
        case .observedAt: "observed_at"
        default: "known_at"
        }
    }
}
