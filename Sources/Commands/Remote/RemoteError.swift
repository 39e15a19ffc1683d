import Contract
import Presentation

/// What goes wrong between a command and a service.
enum RemoteError: Error, Equatable, CustomStringConvertible {
    case invalidURL(String)
    case twoPlaces
    case unreachable(url: String, reason: String)
    /// The service answered that it cannot.
    case problem(kind: String, status: Int, detail: String)
    /// What answered is no service of this program.
    case notUnderstood(url: String, status: Int)
    case strictFiles

    var description: String {
        switch self {
        case .invalidURL(let text):
            "GNOMON_URL is \(text); it must be the address of a service, such as "
                + "https://gnomon.example.com, without a user and without parameters."
        case .twoPlaces:
            "GNOMON_URL and GNOMON_DATABASE_URL are both set. Unset one, or name the database with "
                + "--database."
        case .unreachable(let url, let reason):
            "The service at \(url) cannot be reached: \(reason)"
        case .problem("unauthorized", _, let detail):
            "\(detail) Set GNOMON_TOKEN to a token of the service."
        case .problem(_, _, let detail): detail
        case .notUnderstood(let url, let status):
            "What answers at \(url) is no gnomon, or another version (status \(status))."
        case .strictFiles:
            "--strict keeps all files or none, and a service takes one at a time: upload them one by "
                + "one, or all in one."
        }
    }

    var status: ExitStatus {
        switch self {
        case .invalidURL, .twoPlaces, .strictFiles: .wrongUsage
        case .unreachable: .databaseUnreachable
        case .notUnderstood: .failed
        case .problem(let kind, _, _):
            switch kind {
            case "invalid-request", "invalid-value": .wrongUsage
            case "not-found": .notFound
            case "overloaded", "too-many-requests", "database-unreachable": .databaseUnreachable
            default: .failed
            }
        }
    }
}
