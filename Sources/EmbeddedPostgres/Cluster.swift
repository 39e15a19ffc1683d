import Foundation

/// One private cluster on disk.
///
/// Every change is made by a caller that holds the cluster's lock.
struct Cluster: Sendable {
    var base: String
    var profile: ServerProfile
    var account: ServerAccount?

    static let superuser = "gnomon"

    var data: String { "\(base)/data" }
    var log: String { "\(base)/server.log" }
    var exists: Bool { FileSystem.exists("\(data)/PG_VERSION") }
    var majorVersion: String? {
        FileSystem.text("\(data)/PG_VERSION")?.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The programs that fit the cluster, or the preferred ones while there is none.
    func binaries() throws(EmbeddedPostgresError) -> PostgresBinaries {
        let installed = try PostgresBinaries.installed()
        guard let majorVersion else { return installed[0] }
        guard let fitting = installed.first(where: { $0.majorVersion == majorVersion }) else {
            throw .binariesOfOtherVersion(
                cluster: majorVersion,
                found: installed.map(\.majorVersion)
            )
        }
        return fitting
    }

    // MARK: Creating

    /// Makes the cluster beside its place and moves it there when it is complete.
    func create(with binaries: PostgresBinaries) throws(EmbeddedPostgresError) {
        let unfinished = "\(base)/data.unfinished"
        var failure = ""
        // Not every system knows C.UTF-8; both sort by bytes.
        for locale in ["C.UTF-8", "C"] {
            try FileSystem.remove(unfinished)
            var arguments = [
                binaries.path("initdb"), "--pgdata=\(unfinished)", "--auth=trust",
                "--username=\(Self.superuser)", "--encoding=UTF8", "--locale=\(locale)",
            ]
            if profile == .disposable { arguments.append("--no-sync") }
            let outcome = try Command(arguments: arguments, account: account).run()
            if outcome.status == 0 {
                try FileSystem.move(unfinished, to: data)
                return
            }
            failure = outcome.errors + outcome.output
        }
        try FileSystem.remove(unfinished)
        throw .commandFailed(command: "initdb", output: failure)
    }

    // MARK: Starting and stopping

    /// The number of the server's first process, where it runs.
    ///
    /// A number left by a crash may belong to another program by now, which then is no server.
    var runningProcess: Int32? {
        guard let file = FileSystem.text("\(data)/postmaster.pid"),
            let process = file.split(separator: "\n").first.flatMap({ Int32($0) }), process > 0,
            kill(process, 0) == 0 || errno == EPERM
        else { return nil }
        let link = "/proc/\(process)/cwd"
        guard let directory = try? FileManager.default.destinationOfSymbolicLink(atPath: link)
        else { return process }
        let real = URL(fileURLWithPath: data).resolvingSymlinksInPath().path
        return directory == real ? process : nil
    }

    func start(with binaries: PostgresBinaries) throws(EmbeddedPostgresError) {
        try removeLeftovers()
        let settings = ServerSettings(
            profile: profile,
            socketDirectory: try SocketDirectory.prepare(in: base, account: account),
            walCompression: try walCompression(binaries)
        )
        try writeForServer(settings.configurationFile, to: "\(data)/postgresql.conf")
        try writeForServer(ServerSettings.hostBasedAuthenticationFile, to: "\(data)/pg_hba.conf")
        let start = Command(
            arguments: [
                binaries.path("pg_ctl"), "start", "--silent", "--wait",
                "--timeout=\(Self.startLimit)", "--pgdata=\(data)", "--log=\(log)",
            ],
            account: account,
            isDetached: true
        )
        for attempt in 1...Self.startAttempts {
            if try start.run().status == 0 { return }
            // After kill -9 of the first process the others need a moment to notice.
            if attempt < Self.startAttempts { sleep(1) }
        }
        throw .serverDidNotStart(log: log, lastLines: lastLines(of: log))
    }

    func stop(with binaries: PostgresBinaries) throws(EmbeddedPostgresError) {
        try Command(
            arguments: [
                binaries.path("pg_ctl"), "stop", "--silent", "--wait", "--timeout=120",
                "--mode=\(profile == .durable ? "fast" : "immediate")", "--pgdata=\(data)",
            ],
            account: account,
            isDetached: true
        ).check()
    }

    private static let startLimit = 300
    private static let startAttempts = 5
    private static let logLimit = 10_000_000

    /// Takes away what a crash left and PostgreSQL might take for a running server.
    private func removeLeftovers() throws(EmbeddedPostgresError) {
        if let file = FileSystem.text("\(data)/postmaster.pid"),
            let process = file.split(separator: "\n").first.flatMap({ Int32($0) }),
            kill(process, 0) == 0
        {
            try FileSystem.remove("\(data)/postmaster.pid")
        }
        let socket = "\(SocketDirectory.current(in: base))/\(SocketDirectory.socketName)"
        try FileSystem.remove(socket)
        try FileSystem.remove("\(socket).lock")
        let attributes = try? FileManager.default.attributesOfItem(atPath: log)
        if let size = attributes?[.size] as? NSNumber, size.intValue > Self.logLimit {
            try FileSystem.remove(log)
        }
    }

    private func walCompression(_ binaries: PostgresBinaries) throws(EmbeddedPostgresError)
        -> String
    {
        guard profile == .durable else { return "off" }
        let probe = Command(
            arguments: [
                binaries.path("postgres"), "-D", data, "-C", "wal_compression", "-c",
                "wal_compression=lz4",
            ],
            account: account
        )
        return try probe.run().status == 0 ? "lz4" : "on"
    }

    private func writeForServer(
        _ text: String,
        to path: String
    ) throws(EmbeddedPostgresError) {
        try FileSystem.write(text, to: path)
        try FileSystem.setOwner(of: path, to: account)
    }

    private func lastLines(of path: String) -> String {
        (FileSystem.text(path) ?? "").split(separator: "\n").suffix(8).joined(separator: "\n")
    }
}
