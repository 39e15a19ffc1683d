import Evaluation

/// Says what is wrong with the columns of a file, and what to do about it.
struct ColumnReport {
    let resolver: ColumnResolver
    /// The columns of the file.
    let names: [Name]
    let missing: [Name]
    let unknown: [Name]

    /// One or more full sentences, or nil where nothing is wrong.
    var problem: Wording? {
        let absent = resolver.mapping.columns.keys.flatMap { resolver.mapping.theirs(of: $0) }
            .filter { !names.contains($0) }
        guard !missing.isEmpty || !unknown.isEmpty || !absent.isEmpty else { return nil }
        if let separator = foreignSeparator {
            return
                "The columns seem to be separated by \(separator); they must be separated by commas."
        }
        var sentences: [Wording] = []
        if !absent.isEmpty {
            sentences.append(
                "There is no column \(Self.list(Set(absent).sorted())), which \(setting: "columns") names."
            )
        }
        if !missing.isEmpty {
            sentences.append("Required and missing: \(Self.list(missing)).")
        }
        let overridden = unknown.filter { resolver.vocabulary.role(named: $0) != nil }
        if !overridden.isEmpty {
            sentences.append(
                """
                Given by \(setting: "columns") or \(setting: "set"), but also a column: \(Self.list(overridden)).
                """
            )
        }
        let strange = unknown.filter { resolver.vocabulary.role(named: $0) == nil }
        if !strange.isEmpty { sentences.append("Unknown: \(Self.list(strange)).") }
        sentences.append("The file has: \(Self.list(names)).")
        sentences.append("Gnomon knows: \(resolver.vocabulary.listing).")
        if let advice { sentences.append(advice) }
        return sentences.dropFirst().reduce(sentences[0]) { "\($0) \($1)" }
    }

    private var foreignSeparator: String? {
        guard names.count == 1, let name = names.first else { return nil }
        let separators: [(Character, String)] = [
            (";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars"),
        ]
        return separators.first { name.text.contains($0.0) }?.1
    }

    /// Options that would make the file readable, as far as they can be guessed.
    private var advice: Wording? {
        var free = unknown
        var pairs: [String] = []
        let optional = resolver.vocabulary.optional.filter { resolver.mapping.columns[$0] == nil }
        for name in missing + optional where !names.contains(name) {
            guard let match = NameSuggestion.match(for: name, among: free) else { continue }
            pairs.append("\(name)=\(match)")
            free.removeAll { $0 == match }
        }
        guard !pairs.isEmpty || !free.isEmpty else { return nil }
        let kept = resolver.mapping.columns.sorted { $0.key < $1.key }
            .filter { resolver.mapping.theirs(of: $0.key).allSatisfy(names.contains) }
            .map { "\($0.key)=\($0.value)" }
        let ignored = (resolver.mapping.ignored.sorted() + free).joined(separator: ",")
        let columns = (kept + pairs).joined(separator: ",")
        var options: [Wording] = []
        if !columns.isEmpty { options.append("\(setting: "columns", given: columns)") }
        if !ignored.isEmpty { options.append("\(setting: "ignore", given: ignored)") }
        return options.reduce("Try") { "\($0) \($1)" } + "."
    }

    private static func list(_ names: [Name]) -> String {
        let limit = 40
        let shown = names.prefix(limit).map { name in
            String(name.text.prefix(60).map { $0.isNewline ? " " : $0 })
        }
        let rest = names.count - shown.count
        return shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }
}
