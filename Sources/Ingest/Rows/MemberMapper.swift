import Evaluation

/// Brings the members of NDJSON objects into columns, which it makes as it meets new names.
struct MemberMapper: ~Copyable {
    enum Problem: Equatable {
        case invalidUTF8
        case flaw(field: String, reason: String)
    }

    private(set) var scanner: NDJSONScanner
    /// The values of the last row, in the order of the columns.
    private(set) var fields: [Field] = []
    /// What each column is for.
    private(set) var roles: [[ColumnRole]] = []
    /// Changes whenever `roles` does.
    private(set) var version = 0
    private var names: [Name] = []
    private var columnOfName: [Name: Int] = [:]
    /// Whether a row was read that the columns could be checked on.
    private var hasFirstRow = false
    private var interners = Array(repeating: ByteInterner(), count: 4)
    /// By group and interned name: a column, or `ignored`.
    private var columns: [[Int]] = Array(repeating: [], count: 4)
    private var memory = MemberMemory()
    private let resolver: ColumnResolver
    private let limits: IngestLimits
    private let judgesRowsAlone: Bool
    private static let ignored = -1

    init(resolver: ColumnResolver, options: IngestOptions) {
        self.resolver = resolver
        limits = options.limits
        judgesRowsAlone = options.judgesRowsAlone
        scanner = NDJSONScanner(limits: limits)
    }

    mutating func startInput() {
        (fields, roles, names, columnOfName) = ([], [], [], [:])
        interners = Array(repeating: ByteInterner(), count: 4)
        columns = Array(repeating: [], count: 4)
        memory = MemberMemory()
        hasFirstRow = false
        version += 1
    }

    /// Parses a line and sorts its members into `fields`.
    ///
    /// - Throws: Where the first object of the input has a member that is unknown, or any has a member
    ///   that needs a backfill. Where rows are judged alone both are flaws of the row.
    mutating func map(
        _ bytes: [UInt8],
        from start: Int,
        to end: Int,
        file: String,
        line: Int64
    ) throws(IngestError) -> Problem? {
        do throws(IngestError) {
            return try mapMembers(bytes, from: start, to: end, file: file, line: line)
        } catch  where judgesRowsAlone {
            // It may be because of the members of other rows, such as q_0.5 before q_0.50.
            startInput()
        }
        do throws(IngestError) {
            return try mapMembers(bytes, from: start, to: end, file: file, line: line)
        } catch {
            startInput()
            return .flaw(field: error.column, reason: error.problem)
        }
    }

    private mutating func mapMembers(
        _ bytes: [UInt8],
        from start: Int,
        to end: Int,
        file: String,
        line: Int64
    ) throws(IngestError) -> Problem? {
        if let flaw = scanner.parse(bytes, from: start, to: end) { return problem(of: flaw) }
        for index in fields.indices { fields[index] = .missing }
        var unknown: [Name] = []
        var twice: Name?
        for member in scanner.values.indices {
            guard let column = try column(of: member, file: file, line: line) else {
                unknown.append(columnName(of: member))
                continue
            }
            guard column != Self.ignored else { continue }
            if fields[column].kind != .missing { twice = names[column] }
            fields[column] = scanner.values[member]
        }
        if !hasFirstRow, !scanner.values.isEmpty {
            hasFirstRow = true
            if !unknown.isEmpty, !judgesRowsAlone {
                try resolver.check(
                    names + unknown,
                    roles: roles,
                    unknown: unknown,
                    file: file,
                    line: line
                )
            }
        }
        if let name = unknown.first {
            return .flaw(
                field: name.text,
                reason: "The member is unknown; known are \(resolver.vocabulary.listing)."
            )
        }
        if let name = twice {
            return .flaw(field: name.text, reason: "The member is given twice in one object.")
        }
        if scanner.hasZeroCharacter {
            return .flaw(
                field: "",
                reason: "The row has a zero character; text must not have any."
            )
        }
        return nil
    }

    /// Checks that each required column occurred at least once.
    func checkAtEnd(file: String) throws(IngestError) {
        guard hasFirstRow, !judgesRowsAlone else { return }
        try resolver.check(names, roles: roles, unknown: [], file: file, line: 1)
    }

    /// The column of a member, `ignored`, or nil where its name is unknown.
    private mutating func column(
        of member: Int,
        file: String,
        line: Int64
    ) throws(IngestError) -> Int? {
        if let known = Self.recall(member, scanner, memory) { return known }
        let group = Int(scanner.groups[member].rawValue)
        if let known = Self.find(member, scanner, interners[group]) {
            let column = columns[group][Int(known)]
            Self.remember(member, scanner, column: column, &memory)
            return column
        }
        let column: Int
        switch resolver.resolve(columnName(of: member), in: scanner.groups[member]) {
        case .unknown: return nil
        case .ignored: column = Self.ignored
        case .roles(let found):
            if names.count >= limits.columns {
                throw .tooMany(
                    file,
                    line: line,
                    problem: "The objects have more than \(limits.columns) different members."
                )
            }
            column = addColumn(columnName(of: member), found)
            try resolver.checkRoles(names, roles, file: file, line: line)
        }
        // Names without end may occur in an object that is ignored; only so many are remembered.
        if interners[group].count < limits.columns {
            Self.intern(member, scanner, &interners[group])
            columns[group].append(column)
        }
        return column
    }

    // The scanner and the interner are arguments of their own, because a span of a member locks the
    // others.

    private static func recall(
        _ member: Int,
        _ scanner: borrowing NDJSONScanner,
        _ memory: borrowing MemberMemory
    ) -> Int? {
        memory.column(
            at: member,
            group: scanner.groups[member],
            scanner.text.span,
            name: scanner.names[member]
        )
    }

    private static func remember(
        _ member: Int,
        _ scanner: borrowing NDJSONScanner,
        column: Int,
        _ memory: inout MemberMemory
    ) {
        memory.remember(
            column,
            at: member,
            group: scanner.groups[member],
            scanner.text.span,
            name: scanner.names[member]
        )
    }

    private static func find(
        _ member: Int,
        _ scanner: borrowing NDJSONScanner,
        _ interner: borrowing ByteInterner
    ) -> Int32? {
        interner.find(scanner.text.span, scanner.names.span, CollectionOfOne(member))
    }

    private static func intern(
        _ member: Int,
        _ scanner: borrowing NDJSONScanner,
        _ interner: inout ByteInterner
    ) {
        _ = interner.intern(scanner.text.span, scanner.names.span, CollectionOfOne(member))
    }

    private mutating func addColumn(_ name: Name, _ found: [ColumnRole]) -> Int {
        if let column = columnOfName[name], roles[column] == found { return column }
        names.append(name)
        roles.append(found)
        fields.append(.missing)
        columnOfName[name] = names.count - 1
        version += 1
        return names.count - 1
    }

    /// What the member would be called as a column of CSV.
    private func columnName(of member: Int) -> Name {
        let name = scanner.names[member]
        return Name(
            scanner.groups[member].prefix
                + UTF8Text.text(scanner.text.span, from: name.from, to: name.to)
        )
    }

    private func problem(of flaw: NDJSONScanner.Flaw) -> Problem {
        switch flaw {
        case .invalidUTF8: .invalidUTF8
        case .notAnObject:
            .flaw(field: "", reason: "The line is not a JSON object; write one object a line.")
        case .notJSON:
            .flaw(field: "", reason: "The line is not valid JSON; write one object a line.")
        case .tooManyMembers:
            .flaw(
                field: "",
                reason: "The object has more than \(limits.columns) members."
            )
        }
    }
}
