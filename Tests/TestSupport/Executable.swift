import Dispatch
package import EmbeddedPostgres
import Foundation

/// The built `gnomon`, run as its users run it.
package struct Executable: Sendable {
    package var path: String
    package var environment: [String: String]
    package var standardInput = "/dev/null"
    package var directory = "/"

    /// The executable beside the tests, with no environment but what is said here.
    ///
    /// - Parameters:
    ///   - name: Of the product.
    ///   - environment: Added to a PATH and a HOME in a temporary place.
    /// - Throws: Where it was not built.
    package init(_ name: String = "gnomon", environment: [String: String] = [:]) throws {
        var folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        // On macOS the tests are a bundle some folders deep.
        while !FileManager.default.isExecutableFile(
            atPath: folder.appendingPathComponent(name).path
        ) {
            guard folder.path != "/" else { throw NotBuilt(name: name) }
            folder.deleteLastPathComponent()
        }
        path = folder.appendingPathComponent(name).path
        self.environment = [
            "PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "HOME": "/nonexistent", "LANG": "C.UTF-8",
        ]
        self.environment.merge(environment) { $1 }
    }

    package struct NotBuilt: Error, CustomStringConvertible {
        var name: String

        package var description: String { "There is no executable \(name) beside the tests." }
    }

    /// Runs it to its end, or kills it when it hangs.
    ///
    /// - Parameter arguments: Of the command line.
    /// - Returns: Exit status and outputs; status 137 for one that was killed.
    /// - Throws: Where it cannot be started.
    package func run(_ arguments: String...) async throws -> Command.Outcome {
        try await run(arguments)
    }

    package func run(_ arguments: [String]) async throws -> Command.Outcome {
        let running = try start(arguments)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await Task.sleep(for: Hang.limit)
                running.send(signal: SIGKILL)
            }
            // Waiting blocks, which the threads of tasks must not.
            let outcome = try await withCheckedThrowingContinuation { continuation in
                DispatchQueue.global().async {
                    continuation.resume(with: Result { try running.wait() })
                }
            }
            group.cancelAll()
            return outcome
        }
    }

    /// Starts it, for a test that does something meanwhile.
    package func start(_ arguments: [String]) throws -> RunningCommand {
        var command = Command(arguments: [path] + arguments, environment: environment)
        command.standardInput = standardInput
        command.directory = directory
        return try command.start()
    }
}
