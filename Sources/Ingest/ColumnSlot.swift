import Evaluation

/// Where the text for a role comes from: a column, a constant, or nowhere.
struct TextSlot: Sendable {
    /// The name for messages.
    var name: String
    /// The index of the column, or -1.
    var column = -1
    var constant: [UInt8] = []
}

/// Where the instant for a role comes from.
struct InstantSlot: Sendable {
    var name: String
    var column = -1
    /// `Instant.distantPast` without one.
    var constant = Instant.distantPast
}

/// Finds the columns of roles in one file.
struct ColumnFinder {
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

    func column(for role: ColumnRole) -> Int {
        columns[role] ?? -1
    }

    func text(for role: ColumnRole) -> TextSlot {
        TextSlot(
            name: resolver.vocabulary.name(of: role),
            column: column(for: role),
            constant: Array((resolver.constant(for: role) ?? "").utf8)
        )
    }

    /// - Throws: `IngestError.invalidOption` where the constant is no instant.
    func instant(for role: ColumnRole) throws(IngestError) -> InstantSlot {
        var slot = InstantSlot(
            name: resolver.vocabulary.name(of: role),
            column: column(for: role)
        )
        guard let constant = resolver.constant(for: role) else { return slot }
        do throws(InstantError) {
            slot.constant = try Instant(parsing: constant, assuming: options.assumedTimeZone)
        } catch {
            throw .invalidOption("--set \(slot.name)=\(constant): \(error.reason)")
        }
        return slot
    }
}
