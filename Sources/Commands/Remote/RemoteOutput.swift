import ArgumentParser
import Contract
import Presentation

/// What a service says that a command writes, and how it ends.
struct RemoteOutput: Sendable {
    var output: String
    var status: ExitStatus
    var failure: String?
    var warnings: [String]

    init?(_ json: JSONValue) {
        guard case .string(let output)? = json["output"],
            case .integer(let status)? = json["exit_status"], let code = Int32(exactly: status)
        else { return nil }
        self.output = output
        self.status = ExitStatus(code: code)
        if case .string(let failure)? = json["failure"] { self.failure = failure }
        if case .array(let values)? = json["warnings"] {
            warnings = values.compactMap {
                if case .string(let text) = $0 { text } else { nil }
            }
        } else {
            warnings = []
        }
    }

    /// Writes it, and ends the command as the service says.
    func present() throws {
        for warning in warnings {
            Terminal.writeError("gnomon: \(ExitStatus.oneLine(warning))\n")
        }
        try Terminal.write(output)
        guard status != .done else { return }
        if let failure { Terminal.writeError("gnomon: \(ExitStatus.oneLine(failure))\n") }
        throw ExitCode(status.code)
    }
}
