/// A five-character SQLSTATE code.
package struct SQLState: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package var rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The first two characters, the class of the condition.
    package var conditionClass: Substring { rawValue.prefix(2) }

    package var description: String { rawValue }

    package static let connectionFailure = SQLState(rawValue: "08006")
    package static let unableToConnect = SQLState(rawValue: "08001")
    /// The connection was lost during COMMIT, or it ended in a warning: the transaction may have taken place
    /// or not.
    package static let transactionResolutionUnknown = SQLState(rawValue: "08007")
    package static let featureNotSupported = SQLState(rawValue: "0A000")
    package static let foreignKeyViolation = SQLState(rawValue: "23503")
    package static let uniqueViolation = SQLState(rawValue: "23505")
    package static let checkViolation = SQLState(rawValue: "23514")
    package static let invalidStatementName = SQLState(rawValue: "26000")
    package static let invalidTransactionState = SQLState(rawValue: "25000")
    package static let inFailedTransaction = SQLState(rawValue: "25P02")
    package static let undefinedDatabase = SQLState(rawValue: "3D000")
    package static let serializationFailure = SQLState(rawValue: "40001")
    package static let deadlockDetected = SQLState(rawValue: "40P01")
    package static let duplicateDatabase = SQLState(rawValue: "42P04")
    package static let undefinedTable = SQLState(rawValue: "42P01")
    package static let duplicateTable = SQLState(rawValue: "42P07")
    package static let tooManyConnections = SQLState(rawValue: "53300")
    package static let diskFull = SQLState(rawValue: "53100")
    package static let objectInUse = SQLState(rawValue: "55006")
    package static let lockNotAvailable = SQLState(rawValue: "55P03")
    package static let queryCancelled = SQLState(rawValue: "57014")
    package static let adminShutdown = SQLState(rawValue: "57P01")
    package static let crashShutdown = SQLState(rawValue: "57P02")
    package static let cannotConnectNow = SQLState(rawValue: "57P03")
    package static let internalError = SQLState(rawValue: "XX000")
}
