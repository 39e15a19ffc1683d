import Foundation

/// A program to run with nothing of this process but what is said here.
///
/// `Foundation.Process` hands open descriptors on, so that a server would keep the pipes and
/// sockets of the command that started it. Output goes through files without a name, not through
/// pipes, for the same reason: whoever inherits them keeps nobody waiting.
package struct Command: Sendable {
    /// The path of the program, then its arguments.
    package var arguments: [String]
    package var environment: [String: String]
    package var directory = "/"
    /// The path of the file that the program reads.
    package var standardInput = "/dev/null"
    /// Whether an interrupt from the terminal passes the program by.
    package var isDetached = false
    var account: ServerAccount?

    package init(
        arguments: [String],
        environment: [String: String] = ["PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C"]
    ) {
        self.arguments = arguments
        self.environment = environment
    }

    init(arguments: [String], account: ServerAccount?, isDetached: Bool = false) {
        self.init(arguments: arguments)
        self.account = account
        self.isDetached = isDetached
    }

    package struct Outcome: Hashable, Sendable {
        /// The exit status; 128 and the number of the signal for a program that was killed.
        package var status: Int32
        package var output: String
        package var errors: String
    }

    /// Runs the program to its end, whatever that is.
    package func run() throws(EmbeddedPostgresError) -> Outcome {
        try start().wait()
    }

    /// Runs the program and takes any exit status but 0 as an error.
    ///
    /// - Returns: What it wrote to its standard output.
    /// - Throws: `commandFailed` with what it wrote.
    @discardableResult
    func check() throws(EmbeddedPostgresError) -> String {
        let outcome = try run()
        guard outcome.status == 0 else { throw failure(outcome) }
        return outcome.output
    }

    func failure(_ outcome: Outcome) -> EmbeddedPostgresError {
        let text = (outcome.errors + outcome.output).trimmingCharacters(in: .newlines)
        return .commandFailed(
            command: arguments.joined(separator: " "),
            output: text.isEmpty ? "exit status \(outcome.status)." : text
        )
    }

    /// Starts the program.
    package func start() throws(EmbeddedPostgresError) -> RunningCommand {
        // The shell changes the directory, which posix_spawn cannot do everywhere.
        let line =
            ["/bin/sh", "-c", "cd \"$1\" && shift && exec \"$@\"", "sh", directory]
            + (try account?.commandLine(for: arguments) ?? arguments)
        let output = try OutputFile()
        let errors = try OutputFile()
        let process = try spawn(line, output: output, errors: errors)
        return RunningCommand(processID: process, output: output, errors: errors)
    }
}

/// A program that was started and must be waited for.
package final class RunningCommand: Sendable {
    package let processID: Int32
    private let output: OutputFile
    private let errors: OutputFile

    fileprivate init(processID: Int32, output: OutputFile, errors: OutputFile) {
        self.processID = processID
        self.output = output
        self.errors = errors
    }

    package func send(signal: Int32) {
        kill(processID, signal)
    }

    /// Waits for the end and collects it; only once.
    package func wait() throws(EmbeddedPostgresError) -> Command.Outcome {
        var status: Int32 = 0
        while unsafe waitpid(processID, &status, 0) < 0 {
            guard errno == EINTR else {
                throw .commandFailed(
                    command: "waitpid",
                    output: unsafe String(cString: strerror(errno))
                )
            }
        }
        // The two halves of what WIFEXITED and its kin, which are macros, take apart.
        let signal = status & 0x7F
        return Command.Outcome(
            status: signal == 0 ? (status >> 8) & 0xFF : 128 + signal,
            output: output.text,
            errors: errors.text
        )
    }
}

/// A file without a name that a program writes and this process reads afterwards.
private final class OutputFile: Sendable {
    let descriptor: Int32

    init() throws(EmbeddedPostgresError) {
        let name = "gnomon-output-" + String(UInt64.random(in: 0 ... .max), radix: 36)
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .fileSystem(
                path: path,
                operation: "create",
                reason: unsafe String(cString: strerror(errno))
            )
        }
        unsafe unlink(path)
    }

    deinit {
        close(descriptor)
    }

    var text: String {
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
        try? handle.seek(toOffset: 0)
        return String(decoding: (try? handle.readToEnd()) ?? Data(), as: UTF8.self)
    }
}

// MARK: - Spawning

extension Command {
    #if canImport(Darwin)
        private typealias Actions = posix_spawn_file_actions_t?
        private typealias Attributes = posix_spawnattr_t?
        private static let noActions: Actions = nil
        private static let noAttributes: Attributes = nil
    #else
        private typealias Actions = posix_spawn_file_actions_t
        private typealias Attributes = posix_spawnattr_t
        private static var noActions: Actions { unsafe Actions() }
        private static let noAttributes = Attributes()
    #endif

    private func spawn(
        _ line: [String],
        output: OutputFile,
        errors: OutputFile
    ) throws(EmbeddedPostgresError) -> Int32 {
        var actions = unsafe Self.noActions
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, standardInput, O_RDONLY, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, output.descriptor, 1)
        unsafe posix_spawn_file_actions_adddup2(&actions, errors.descriptor, 2)
        #if !canImport(Darwin)
            for descriptor in Self.openDescriptors where descriptor > 2 {
                unsafe posix_spawn_file_actions_addclose(&actions, descriptor)
            }
        #endif

        var attributes = Self.noAttributes
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        if isDetached { flags |= POSIX_SPAWN_SETPGROUP }
        #if canImport(Darwin)
            flags |= POSIX_SPAWN_CLOEXEC_DEFAULT
        #endif
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
        var mask = sigset_t()
        unsafe sigemptyset(&mask)
        unsafe posix_spawnattr_setsigmask(&attributes, &mask)
        var defaults = sigset_t()
        unsafe sigemptyset(&defaults)
        for signal in [SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGQUIT] {
            unsafe sigaddset(&defaults, signal)
        }
        unsafe posix_spawnattr_setsigdefault(&attributes, &defaults)

        var process: pid_t = 0
        let path = line[0]
        let variables = environment.map { "\($0.key)=\($0.value)" }
        let code = unsafe Self.withCStrings(line) { line in
            unsafe Self.withCStrings(variables) { variables in
                unsafe posix_spawn(&process, path, &actions, &attributes, line, variables)
            }
        }
        guard code == 0 else {
            throw .commandFailed(command: path, output: unsafe String(cString: strerror(code)))
        }
        return process
    }

    #if !canImport(Darwin)
        /// Those that a program would inherit which does not close them.
        private static var openDescriptors: [Int32] {
            FileSystem.contents("/proc/self/fd").compactMap { Int32($0) }
        }
    #endif

    /// Lends the strings as an array of C strings that ends with a null pointer.
    private static func withCStrings<T>(
        _ strings: [String],
        _ body: ([UnsafeMutablePointer<CChar>?]) -> T
    ) -> T {
        let pointers = unsafe strings.map { unsafe strdup($0) }
        defer { unsafe pointers.forEach { unsafe free($0) } }
        return unsafe body(pointers + [nil])
    }
}
