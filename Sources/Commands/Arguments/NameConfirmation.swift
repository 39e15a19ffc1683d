import ArgumentParser

/// Asks for the name of a task once more, before something goes that cannot be had back.
enum NameConfirmation {
    /// - Parameters:
    ///   - given: What the command line says already.
    ///   - name: Of the task.
    ///   - deed: What is about to happen, as in "This deletes churn with everything that it has."
    /// - Returns: What was typed.
    /// - Throws: `ValidationError` where nobody can be asked.
    static func ask(_ given: String?, name: String, deed: String) throws -> String {
        if let given { return given }
        guard Terminal.inputIsTerminal else {
            throw ValidationError(
                "Nobody can be asked here, and nothing was done. \(deed) Add --confirm and the name of the task."
            )
        }
        Terminal.writeError("\(deed) Type the name of the task, \(name), to confirm: ")
        return readLine() ?? ""
    }
}
