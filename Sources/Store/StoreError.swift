package import Evaluation

/// What a person asked for is not there, or cannot be done to what is there.
package enum StoreError: WordedError, Equatable {
    case noSuchTask(name: Name, known: [Name])
    case taskExists(name: Name)
    /// It was there when it was looked up.
    case taskDeleted(Name)
    case tokenExists(name: Name)
    case noSuchToken(Name)
    case unknownValue(column: String, value: String)

    package var wording: Wording {
        switch self {
        case .noSuchTask(let name, let known) where known.isEmpty:
            """
            There is no task "\(name)"\(
                terminal: ", nor is there any other. Create it with: gnomon task create \(name) --kind binary",
                request: "."
            )
            """
        case .noSuchTask(let name, let known):
            """
            There is no task "\(name)".\(
                terminal: " The tasks are: \(known.joined(separator: ", ")).",
                request: ""
            )
            """
        case .taskExists(let name):
            """
            There is a task "\(name)" already. Choose another name, or change it with\(
                terminal: ": gnomon task set \(name)",
                request: " PATCH."
            )
            """
        case .taskDeleted(let name):
            "The task \"\(name)\" was deleted just now."
        case .tokenExists(let name):
            """
            There is a token "\(name)" already, which may be revoked. Choose another name; it is what the audit log \
            shows.
            """
        case .noSuchToken(let name):
            """
            There is no token "\(name)".\(
                terminal: " List them with: gnomon token list",
                request: ""
            )
            """
        case .unknownValue(let column, let value):
            "The database holds \"\(value)\" in \(column), which this version of gnomon does not know."
        }
    }
}
