import ArgumentParser
import Contract
import EmbeddedPostgres
import Evaluation
import Foundation
import Harness
import Ingest
import Migrations
import Postgres
import Presentation
import Store
import WebServer

/// The one place that turns errors into numbers and into a line of text.
extension ExitStatus {
    /// How the process ends after an error.
    static func of(_ error: any Error) -> ExitStatus {
        switch error {
        case let error as CommandError: error.status
        case let error as RemoteError: error.status
        case let error as IngestError: of(error)
        case let error as StoreError: of(error)
        case let error as HarnessError: of(error)
        case let error as PostgresError: of(error)
        case let error as ServerError: of(error)
        case is EmbeddedPostgresError: .databaseUnreachable
        case is CancellationError: .interrupted
        case is ValidationError, is TextError, is InstantError, is ReversedWindow, is TaskFault,
            is ParameterFault:
            .wrongUsage
        case let code as ExitCode: ExitStatus(code: code.rawValue)
        default: .failed
        }
    }

    private static func of(_ error: IngestError) -> ExitStatus {
        switch error.category {
        case .notFound: .notFound
        case .wrongUsage: .wrongUsage
        case .wrongData: .failed
        }
    }

    private static func of(_ error: ServerError) -> ExitStatus {
        switch error {
        case .openBeyondLoopback, .unusableTLS: .wrongUsage
        case .cannotListen: .failed
        }
    }

    private static func of(_ error: StoreError) -> ExitStatus {
        switch error {
        case .noSuchTask, .taskDeleted, .noSuchToken: .notFound
        case .taskExists, .tokenExists, .unknownValue: .failed
        }
    }

    private static func of(_ error: HarnessError) -> ExitStatus {
        switch error {
        case .noSuchModel, .noSuchPrediction, .unknownSlice, .nothingToFit, .noSuchUpload,
            .noSmallWrites:
            .notFound
        case .asOfInFuture, .unsupportedKind, .invalidSetting, .unknownMetric,
            .closedKind, .sameModel, .whichShadow, .sameName, .notConfirmed, .baselineUpload:
            .wrongUsage
        case .baselineRejected: .wrongData
        case .noChampion, .noChampionThen, .noPredictions, .noPredictionsThen,
            .cellsDependOnSetting, .modelExists, .noAlarm, .nothingToRestate, .taskChanged,
            .rowsReleased:
            .failed
        }
    }

    private static func of(_ error: PostgresError) -> ExitStatus {
        switch error.kind {
        case .connection: return .databaseUnreachable
        case .cancelled: return .interrupted
        case .server, .decoding, .protocolViolation: break
        }
        let leaving: Set<SQLState> = [
            .adminShutdown, .crashShutdown, .cannotConnectNow, .tooManyConnections,
        ]
        guard let state = error.sqlState else { return .failed }
        return leaving.contains(state) || state.conditionClass == "08"
            ? .databaseUnreachable : .failed
    }

    // MARK: - The line

    /// What is said about an error, on one line.
    static func line(for error: any Error) -> String {
        "gnomon: " + oneLine(text(of: error))
    }

    /// What is said about an error.
    static func text(of error: any Error) -> String {
        switch error {
        case let error as PostgresError: text(of: error)
        case is CancellationError: interruption
        case let error as any CustomStringConvertible: error.description
        default: error.localizedDescription
        }
    }

    private static let interruption = "Interrupted; nothing was kept."

    private static func text(of error: PostgresError) -> String {
        switch (error.kind, error.sqlState) {
        case (.connection, _):
            "The database cannot be reached: \(error.description)"
        case (.cancelled, _):
            interruption
        case (_, SQLState.diskFull):
            "The database's disk is full; nothing was kept. \(error.message)"
        case (_, SQLState.undefinedTable):
            "The database's tables are not those of this gnomon; run gnomon migrate. "
                + error.message
        default: error.description
        }
    }

    static func oneLine(_ text: String) -> String {
        Sanitized.line(text).split(separator: " ", omittingEmptySubsequences: true)
            .joined(separator: " ")
    }
}

/// What goes wrong in the commands themselves.
enum CommandError: Error, Equatable, CustomStringConvertible {
    case schemaMissing
    case cannotWrite(reason: String)
    case fixturesNotFound(searched: [String])
    case demoNeedsEmptyDatabase
    /// The task was made, and its baseline file could not be used.
    case baselineNotTaken(task: String, file: String, reason: String, status: ExitStatus)
    case notRunnable(String)

    var description: String {
        switch self {
        case .schemaMissing:
            "The database has no tables of gnomon, or older ones; run gnomon migrate."
        case .cannotWrite(let reason):
            "The result could not be written: \(reason)."
        case .fixturesNotFound(let searched):
            "The flights are in none of: \(searched.joined(separator: ", ")). Say where they are "
                + "with --data DIRECTORY; it must hold \(DemoFiles.predictions) and "
                + "\(DemoFiles.labels)."
        case .demoNeedsEmptyDatabase:
            "The demo creates the tasks flights and flights-delay, and this database has one of "
                + "them. Leave out --database, or give an empty database."
        case .baselineNotTaken(let task, let file, let reason, _):
            "Task \(task) was created, but not its baseline: \(reason) Mend it, then run: gnomon task "
                + "set \(task) --baseline file:\(file)"
        case .notRunnable(let line):
            "\(line) does not run."
        }
    }

    var status: ExitStatus {
        switch self {
        case .schemaMissing, .cannotWrite, .demoNeedsEmptyDatabase, .notRunnable: .failed
        case .fixturesNotFound: .notFound
        case .baselineNotTaken(_, _, _, let status): status
        }
    }
}
