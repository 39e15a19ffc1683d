import Evaluation

/// Finds the columns of roles in one file.
struct ColumnFinder {
    /// The column of a role that has none.
    static let none = -1

    private var columns: [ColumnRole: Int] = [:]
    private let resolver: ColumnResolver
    private let options: IngestOptions

    init(columns: [[ColumnRole]], resolver: ColumnResolver, options: IngestOptions) {
        self.resolver = resolver
        self.options = options
        for (index, roles) in columns.enumerated() {
            for role in roles where self.columns[role] == nil { self.columns[role] = index }
        }
    }

    /// The roles that have a column or a constant.
    var roles: [ColumnRole] {
        let constants = resolver.mapping.constants.keys.sorted()
            .compactMap { resolver.vocabulary.role(named: $0) }
        return Array(columns.keys) + constants.filter { columns[$0] == nil }
    }

    /// The index of the role's column, or `none`.
    func column(for role: ColumnRole) -> Int {
        columns[role] ?? Self.none
    }

    /// Gnomon's name of the role's column.
    func name(of role: ColumnRole) -> Name {
        resolver.vocabulary.name(of: role)
    }

    /// The text that every row has for the role; empty where there is none.
    func constant(for role: ColumnRole) -> [UInt8] {
        Array((resolver.constant(for: role) ?? "").utf8)
    }

    /// The instant that every row has for the role, or `Instant.distantPast` where there is none.
    ///
    /// - Throws: `IngestError.invalidOption` where the constant is no instant.
    func constantInstant(for role: ColumnRole) throws(IngestError) -> Instant {
        guard let constant = resolver.constant(for: role) else { return .distantPast }
        do throws(InstantError) {
            return try Instant(parsing: constant, assuming: options.assumedTimeZone)
        } catch {
            throw .invalidOption(
                "\(setting: "set", given: "\(name(of: role))=\(constant)"): \(error.wording)"
            )
        }
    }
}
