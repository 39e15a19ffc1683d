import Evaluation

/// How rows that came after answers had used their evidence are taken in.
enum LateRowsNote {
    /// - Parameters:
    ///   - rows: How many there are.
    ///   - task: That they are of.
    /// - Returns: A command; `nil` without any.
    static func note(_ rows: Int64, of task: Name) -> String? {
        guard rows > 0 else { return nil }
        return "Take late rows into the evidence: gnomon ledger restate --task \(task) --note TEXT"
    }
}
