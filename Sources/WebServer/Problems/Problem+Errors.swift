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
        case let error as any WordedError:
            Problem(kind(of: error), error.wording.text(for: .request), retryAfter: retry(error))
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
        // A command line that has the database is told which tasks there are; a token need not know of them.
        if case StoreError.noSuchTask = error { return problem }
        if let error = error as? any WordedError {
            problem.detail = error.wording.text(for: .terminal)
        }
        return problem
    }

    // MARK: - Kinds

    private static func kind(of error: any WordedError) -> Kind {
        switch error {
        case let error as ParameterFault:
            error.kind == .unreadable ? .invalidRequest : .invalidValue
        case let error as IngestError:
            error.category == .wrongUsage ? .invalidValue : .rowsRejected
        case let error as StoreError: kind(of: error)
        case let error as HarnessError: kind(of: error)
        default: .invalidValue
        }
    }

    private static func kind(of error: StoreError) -> Kind {
        switch error {
        case .noSuchTask, .taskDeleted, .noSuchToken: .notFound
        case .taskExists, .tokenExists: .conflict
        case .unknownValue: .internalError
        }
    }

    private static func kind(of error: HarnessError) -> Kind {
        switch error {
        case .noSuchModel, .noSuchPrediction, .unknownSlice, .noSuchUpload, .noSmallWrites:
            .notFound
        case .noChampion, .noChampionThen, .noPredictions, .noPredictionsThen, .unsupportedKind,
            .noAlarm, .nothingToRestate, .rowsReleased:
            .notPossible
        case .cellsDependOnSetting, .modelExists, .taskChanged: .conflict
        case .sameModel, .whichShadow, .sameName, .notConfirmed, .baselineUpload, .nothingToFit,
            .asOfInFuture,
            .closedKind, .invalidSetting, .baselineRejected, .unknownMetric:
            .invalidValue
        }
    }

    /// Seconds after which the same request may be answered.
    private static func retry(_ error: any WordedError) -> Int? {
        if case HarnessError.taskChanged = error { 1 } else { nil }
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
}
