/// What a process that shows an answer ends with.
package struct ExitStatus: Sendable, Equatable {
    package var code: Int32

    package init(code: Int32) {
        self.code = code
    }

    package static let done = ExitStatus(code: 0)
    package static let failed = ExitStatus(code: 1)
    package static let wrongUsage = ExitStatus(code: 64)
    /// The input had rejects under `--strict`.
    package static let wrongData = ExitStatus(code: 65)
    /// No such file, task or model.
    package static let notFound = ExitStatus(code: 66)
    package static let databaseUnreachable = ExitStatus(code: 69)
    package static let interrupted = ExitStatus(code: 130)
}
