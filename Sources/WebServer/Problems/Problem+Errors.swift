import Contract
import Evaluation
import Harness
import Ingest
import Migrations
import NIOHTTP1
import Postgres
import Store

extension Problem {
    /// The problem that an error of an operation is to the one who asked.
    static func of(_ error: any Error) -> Problem {
        switch error {
        case let error as Problem: error
        case let error as TextError: Problem(.invalidValue, error.message)
        case let error as JSONError: Problem(.invalidRequest, error.description)
        case let error as InstantError: Problem(.invalidValue, error.reason)
        case let error as ReversedWindow: Problem(.invalidValue, inRequestWords("\(error)"))
        case IngestError.invalidOption(let text): Problem(.invalidValue, inRequestWords(text))
        case let error as IngestError where error.category == .wrongUsage:
            Problem(.invalidValue, inRequestWords(error.description))
        case let error as IngestError: Problem(.rowsRejected, inRequestWords(error.description))
        case let error as TaskFault: Problem(.invalidValue, error.description)
        case let error as StoreError: of(error)
        case let error as HarnessError: of(error)
        case let error as PostgresError: of(error)
        case let error as HTTPParserError:
            Problem(
                .invalidRequest,
                "The body is not as HTTP has it: \(error). Nothing of it was kept."
            )
        case is CancellationError:
            Problem(.overloaded, "The service is stopping. Send the request again.", retryAfter: 1)
        default: Problem(.internalError, "Look into the log of the service.")
        }
    }

    /// The same problem where what is not there was named in the body: the path leads to something.
    static func ofBody(_ error: any Error) -> Problem {
        let problem = of(error)
        return problem.kind == .notFound ? Problem(.invalidValue, problem.detail) : problem
    }

    /// The same problem in the words of the command line, for a command line elsewhere.
    static func ofCommand(_ error: any Error) -> Problem {
        var problem = of(error)
        switch error {
        case let error as HarnessError: problem.detail = error.description
        case let error as IngestError: problem.detail = error.description
        case let error as ReversedWindow: problem.detail = error.description
        case StoreError.taskExists, StoreError.tokenExists, StoreError.noSuchToken:
            problem.detail = "\(error)"
        default: break
        }
        return problem
    }

    private static func of(_ error: StoreError) -> Problem {
        switch error {
        case .noSuchTask(let name, _): Problem(.notFound, "There is no task \"\(name)\".")
        case .taskDeleted: Problem(.notFound, error.description)
        case .taskExists(let name):
            Problem(
                .conflict,
                "There is a task \"\(name)\" already. Choose another name, or change it with PATCH."
            )
        case .tokenExists(let name):
            Problem(
                .conflict,
                "There is a token \"\(name)\" already, which may be revoked. Choose another name."
            )
        case .noSuchToken(let name): Problem(.notFound, "There is no token \"\(name)\".")
        case .unknownValue: Problem(.internalError, error.description)
        }
    }

    private static func of(_ error: HarnessError) -> Problem {
        switch error {
        case .noSuchModel, .noSuchPrediction, .unknownSlice, .noSuchUpload, .noSmallWrites:
            Problem(.notFound, inRequestWords(error.description))
        case .noChampion(let task, _):
            Problem(
                .notPossible,
                "Task \(task) has no champion. Name one with PUT /v1/tasks/\(task)/models/MODEL/role."
            )
        case .noChampionThen, .noPredictionsThen:
            Problem(.notPossible, inRequestWords(error.description))
        case .noPredictions(let task):
            Problem(
                .notPossible,
                "Task \(task) has no predictions. Post some to /v1/tasks/\(task)/predictions."
            )
        case .cellsDependOnSetting, .modelExists:
            Problem(.conflict, inRequestWords(error.description))
        case .taskChanged:
            Problem(
                .conflict,
                "The settings of the task were changed just now; nothing was kept. Send it again.",
                retryAfter: 1
            )
        case .unsupportedKind: Problem(.notPossible, error.description)
        case .noAlarm, .rowsReleased: Problem(.notPossible, inRequestWords(error.description))
        default: Problem(.invalidValue, inRequestWords(error.description))
        }
    }

    private static func of(_ error: PostgresError) -> Problem {
        let leaving: Set<SQLState> = [.adminShutdown, .crashShutdown, .cannotConnectNow]
        if error.kind == .connection || error.sqlState?.conditionClass == "08"
            || error.sqlState.map(leaving.contains) == true
        {
            return Problem(
                .databaseUnreachable,
                "Nothing was lost that was answered. Send the request again.",
                retryAfter: 2
            )
        }
        switch error.sqlState {
        case SQLState.tooManyConnections:
            return Problem(
                .overloaded,
                "All connections to the database are in use. Send the request again.",
                retryAfter: 1
            )
        case SQLState.diskFull:
            return Problem(.overloaded, "The database's disk is full; nothing was kept.")
        case SQLState.queryCancelled:
            return Problem(
                .overloaded,
                "The database took too long. Ask for less, or later.",
                retryAfter: 5
            )
        case SQLState.serializationFailure, SQLState.deadlockDetected, SQLState.lockNotAvailable:
            return Problem(.overloaded, "Others were faster. Send it again.", retryAfter: 1)
        default: return Problem(.internalError, "Look into the log of the service.")
        }
    }

    /// Says options of the command line as members and parameters of requests.
    private static func inRequestWords(_ text: String) -> String {
        text.replacing(/--([a-z]+(?:-[a-z]+)*)/) { $0.output.1.replacing("-", with: "_") }
    }
}
