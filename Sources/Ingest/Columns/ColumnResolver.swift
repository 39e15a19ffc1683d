import Evaluation

/// Matches the names that a file gives its columns with Gnomon's.
struct ColumnResolver: Sendable {
    enum Resolution {
        case roles([ColumnRole])
        case ignored
        case unknown
    }

    let vocabulary: Vocabulary
    let mapping: ColumnMapping
    /// The file's name → what it is for.
    private let mapped: [Name: [ColumnRole]]

    /// - Throws: `IngestError.invalidOption` where the mapping names what does not exist, or
    ///   contradicts itself.
    init(vocabulary: Vocabulary, mapping: ColumnMapping) throws(IngestError) {
        self.vocabulary = vocabulary
        self.mapping = mapping
        var mapped: [Name: [ColumnRole]] = [:]
        for ours in mapping.columns.keys.sorted() {
            guard let role = vocabulary.role(named: ours) else { continue }
            let theirs = mapping.theirs(of: ours)
            for (index, name) in theirs.enumerated() {
                mapped[name, default: []].append(theirs.count > 1 ? .idPart(index) : role)
            }
        }
        self.mapped = mapped
        for (option, names) in [
            ("columns", Array(mapping.columns.keys)), ("set", Array(mapping.constants.keys)),
        ] {
            for name in names.sorted() { try check(name, of: option) }
        }
        for ours in mapping.columns.keys.sorted() { try checkColumns(of: ours) }
        for name in mapping.constants.keys.sorted() {
            switch vocabulary.role(named: name) {
            case .predictionID, .score, .label:
                throw .invalidOption(
                    """
                    \(setting: "set", given: name.text): \(name) differs from row to row and must be a column.
                    """
                )
            default: continue
            }
        }
    }

    private func checkColumns(of ours: Name) throws(IngestError) {
        let theirs = mapping.theirs(of: ours)
        let given: Wording =
            "\(setting: "columns", given: "\(ours)=\(theirs.joined(separator: "+"))")"
        guard !theirs.contains("") else {
            throw .invalidOption(
                theirs.count == 1
                    ? "\(given): the name of the file's column is missing after the equals sign."
                    : """
                    \(given): the name of a column is missing beside a plus; a plus that belongs to a name is written \
                    twice.
                    """
            )
        }
        if Set(theirs).count < theirs.count {
            throw .invalidOption("\(given) has a column twice; give it once.")
        }
        if let name = theirs.first(where: mapping.ignored.contains) {
            throw .invalidOption(
                """
                The column \(name) is used by \(setting: "columns") and left out by \(setting: "ignore"); take it out \
                of one of them.
                """
            )
        }
    }

    private func check(_ name: Name, of option: String) throws(IngestError) {
        guard let role = vocabulary.role(named: name) else {
            throw .invalidOption(
                """
                \(setting: option): Gnomon has no column \(name); left of the equals sign may stand \
                \(vocabulary.listing).
                """
            )
        }
        if role == .knownAt, !vocabulary.isBackfill {
            throw .invalidOption(
                """
                \(setting: option): known_at needs \(setting: "backfill"); pass it, or leave known_at out.
                """
            )
        }
    }

    /// What the column of the file is for, or the member of an object of an NDJSON line.
    func resolve(_ name: Name, in group: NDJSONScanner.Group = .topLevel) -> Resolution {
        if mapping.ignored.contains(name) || mapping.ignored.contains(Name(group.name)) {
            return .ignored
        }
        var roles = mapped[name] ?? []
        // A name of Gnomon's that the mapping gives to another column has no meaning of its own.
        if mapping.columns[name] == nil, mapping.constants[name] == nil,
            let role = vocabulary.role(named: name)
        {
            roles.append(role)
        }
        if group == .slices { roles.removeAll { if case .slice = $0 { false } else { true } } }
        if roles.isEmpty { return mapping.ignoresUnknown ? .ignored : .unknown }
        return .roles(roles)
    }

    /// The value that `--set` gives to a role, or nil.
    func constant(for role: ColumnRole) -> String? {
        mapping.constants.first { vocabulary.role(named: $0.key) == role }?.value
    }

    /// The required columns that neither the given roles nor the constants provide.
    func missing(from roles: [[ColumnRole]]) -> [Name] {
        let found = Set(roles.joined())
        return vocabulary.required.filter { name in
            guard let role = vocabulary.role(named: name) else { return false }
            let parts = role == .predictionID ? mapping.idParts : []
            if !parts.isEmpty { return !parts.indices.allSatisfy { found.contains(.idPart($0)) } }
            return !found.contains(role) && mapping.constants[name] == nil
        }
    }

    /// The roles of each column of a header.
    ///
    /// Columns without a name, such as the index that pandas writes, are left out.
    /// - Throws: `IngestError` where the header lacks a column, repeats one or has an unknown one.
    func roles(
        ofHeader names: [Name],
        file: String,
        line: Int64
    ) throws(IngestError) -> [[ColumnRole]] {
        var seen: Set<Name> = []
        for name in names where !name.isEmpty && !seen.insert(name).inserted {
            throw .invalidColumns(
                file,
                line: line,
                problem: "The header has the column \(name) twice; give each column its own name."
            )
        }
        var roles: [[ColumnRole]] = []
        var unknown: [Name] = []
        for name in names {
            switch name.isEmpty ? .ignored : resolve(name) {
            case .roles(let found): roles.append(found)
            case .ignored: roles.append([])
            case .unknown:
                roles.append([])
                unknown.append(name)
            }
        }
        try check(names, roles: roles, unknown: unknown, file: file, line: line)
        return roles
    }

    /// Refuses columns that must not be used, or not beside each other.
    func checkRoles(
        _ names: [Name],
        _ roles: [[ColumnRole]],
        file: String,
        line: Int64
    ) throws(IngestError) {
        if !vocabulary.isBackfill,
            let index = roles.firstIndex(where: { $0.contains(.knownAt) })
        {
            throw .needsBackfill(file, line: line, column: names[index].text)
        }
        if let (first, second) = rivals(names, roles) {
            throw .invalidColumns(
                file,
                line: line,
                problem: """
                    The columns \(first) and \(second) mean the same; leave one out with \
                    \(setting: "ignore", given: second.text).
                    """
            )
        }
    }

    /// The two columns that have a role in common, such as `q_0.5` and `q_0.50`, or nil.
    private func rivals(_ names: [Name], _ roles: [[ColumnRole]]) -> (Name, Name)? {
        var columns: [ColumnRole: Name] = [:]
        for (name, found) in zip(names, roles) {
            for role in found {
                if let other = columns.updateValue(name, forKey: role) { return (other, name) }
            }
        }
        return nil
    }

    /// Refuses columns that are unknown, missing or not to be used.
    func check(
        _ names: [Name],
        roles: [[ColumnRole]],
        unknown: [Name],
        file: String,
        line: Int64
    ) throws(IngestError) {
        try checkRoles(names, roles, file: file, line: line)
        let report = ColumnReport(
            resolver: self,
            names: names,
            missing: missing(from: roles),
            unknown: unknown
        )
        if let problem = report.problem {
            throw .invalidColumns(file, line: line, problem: problem)
        }
    }
}
