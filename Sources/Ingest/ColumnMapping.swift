/// What the columns of a file mean, where they are not named as Gnomon names them.
package struct ColumnMapping: Sendable, Equatable {
    /// Gnomon's name → the file's name, which may serve several of Gnomon's.
    package var columns: [String: String]
    /// Gnomon's name → a value that holds for every row.
    package var constants: [String: String]
    /// Columns of the file that are left out; `*` leaves out every column that Gnomon does not know.
    package var ignored: Set<String>

    var ignoresUnknown: Bool { ignored.contains("*") }

    /// The columns whose values together are the prediction id; empty where it stands in one column.
    ///
    /// These are `a` and `b` of `prediction_id=a+b`. A plus that belongs to a name is written twice.
    var idParts: [String] {
        let parts = Self.parts(columns[Self.id] ?? "")
        return parts.count > 1 ? parts : []
    }

    /// The columns of the file that serve one of Gnomon's.
    func theirs(of ours: String) -> [String] {
        guard let theirs = columns[ours] else { return [] }
        return ours == Self.id ? Self.parts(theirs) : [theirs]
    }

    private static let id = "prediction_id"

    private static func parts(_ text: String) -> [String] {
        text.replacing("++", with: "\0").split(separator: "+", omittingEmptySubsequences: false)
            .map { String($0).replacing("\0", with: "+") }
    }

    package init(
        columns: [String: String] = [:],
        constants: [String: String] = [:],
        ignored: Set<String> = []
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
        self.columns = try Self.pairs(columns, option: "--columns", example: "prediction_id=key")
        self.constants = try Self.pairs(constants, option: "--set", example: "model=gbm")
        ignored = Set(ignore.flatMap { $0.split(separator: ",").map(String.init) })
        for name in self.columns.keys.sorted() where self.constants[name] != nil {
            throw .invalidOption(
                "\(name) is given by both --columns and --set; give it by one of them."
            )
        }
    }

    private static func pairs(
        _ texts: [String],
        option: String,
        example: String
    ) throws(IngestError) -> [String: String] {
        var pairs: [String: String] = [:]
        for part in texts.flatMap({ $0.split(separator: ",") }) {
            guard let equals = part.firstIndex(of: "="), equals > part.startIndex else {
                throw .invalidOption(
                    "\(option) \(part): expected a name, an equals sign and a value, such as "
                        + "\(option) \(example)."
                )
            }
            let name = String(part[..<equals])
            let value = String(part[part.index(after: equals)...])
            guard pairs.updateValue(value, forKey: name) == nil else {
                throw .invalidOption("\(option) gives \(name) twice; give it once.")
            }
        }
        return pairs
    }
}
