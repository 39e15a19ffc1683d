import Evaluation

/// Where the instants of a role come from: a column, or a constant, or nowhere.
struct InstantColumn: Sendable {
    private let role: ColumnRole
    private var column = ColumnFinder.none
    private var constant = Instant.distantPast

    init(_ role: ColumnRole) {
        self.role = role
    }

    /// Prepares for the columns of a file.
    mutating func use(_ finder: ColumnFinder) throws(IngestError) {
        column = finder.column(for: role)
        constant = try finder.constantInstant(for: role)
    }

    /// The instant of a row; `Instant.distantPast` where the file has none for the role, or where it is
    /// optional and empty.
    func read(
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>,
        _ instants: inout InstantReader,
        isOptional: Bool = false
    ) throws(Refusal) -> Instant {
        guard column >= 0 else { return constant }
        let field = fields[column]
        if isOptional, field.isAbsent { return .distantPast }
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
