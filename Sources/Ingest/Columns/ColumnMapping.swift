package import Evaluation

/// What the columns of a file mean, where they are not named as Gnomon names them.
package struct ColumnMapping: Sendable, Equatable {
    /// Gnomon's name → the file's name, which may serve several of Gnomon's.
    package var columns: [Name: Name]
    /// Gnomon's name → a value that holds for every row.
    package var constants: [Name: String]
    /// Columns of the file that are left out; `*` leaves out every column that Gnomon does not know.
    package var ignored: Set<Name>

    var ignoresUnknown: Bool { ignored.contains("*") }

    /// The columns whose values together are the prediction id; empty where it stands in one column.
    ///
    /// These are `a` and `b` of `prediction_id=a+b`. A plus that belongs to a name is written twice.
    var idParts: [Name] {
        let parts = Self.parts(columns[Self.id] ?? .empty)
        return parts.count > 1 ? parts : []
    }

    /// The columns of the file that serve one of Gnomon's.
    func theirs(of ours: Name) -> [Name] {
        guard let theirs = columns[ours] else { return [] }
        return ours == Self.id ? Self.parts(theirs) : [theirs]
    }

    private static let id: Name = "prediction_id"

    private static let plus = UInt8(ascii: "+")

    private static func parts(_ name: Name) -> [Name] {
        var parts: [[UInt8]] = [[]]
        var rest = name.text.utf8[...]
        while let byte = rest.popFirst() {
            if byte != plus {
                parts[parts.count - 1].append(byte)
            } else if rest.first == plus {
                rest = rest.dropFirst()
                parts[parts.count - 1].append(plus)
            } else {
                parts.append([])
            }
        }
        return parts.map { Name(String(decoding: $0, as: UTF8.self)) }
    }

    package init(
        columns: [Name: Name] = [:],
        constants: [Name: String] = [:],
        ignored: Set<Name> = []
    ) {
        self.columns = columns
        self.constants = constants
        self.ignored = ignored
    }

    /// Reads the texts of the options `--columns ours=theirs,…`, `--set ours=value,…` and
    /// `--ignore theirs,…`, each of which may be repeated.
    ///
    /// - Throws: `IngestError.invalidOption` for a text of another form, or a name given twice.
    package init(
        parsing columns: [String],
        set constants: [String] = [],
        ignore: [String] = []
    ) throws(IngestError) {
        self.columns = try Self.pairs(columns, option: "columns", example: "prediction_id=key")
            .mapValues { Name($0) }
        self.constants = try Self.pairs(constants, option: "set", example: "model=gbm")
        ignored = Set(ignore.flatMap { $0.parts(separatedBy: ",").map { Name($0) } })
        for name in self.columns.keys.sorted() where self.constants[name] != nil {
            throw .invalidOption(
                """
                \(name) is given by both \(setting: "columns") and \(setting: "set"); give it by one of them.
                """
            )
        }
    }

    private static func pairs(
        _ texts: [String],
        option: String,
        example: String
    ) throws(IngestError) -> [Name: String] {
        var pairs: [Name: String] = [:]
        for part in texts.flatMap({ $0.parts(separatedBy: ",") }) {
            guard let equals = part.unicodeScalars.firstIndex(of: "="), equals > part.startIndex
            else {
                throw .invalidOption(
                    """
                    \(setting: option, given: String(part)): expected a name, an equals sign and a value, such as \
                    \(setting: option, given: example).
                    """
                )
            }
            let name = Name(part[..<equals])
            let value = String(part[part.index(after: equals)...])
            guard pairs.updateValue(value, forKey: name) == nil else {
                throw .invalidOption("\(setting: option) gives \(name) twice; give it once.")
            }
        }
        return pairs
    }
}
