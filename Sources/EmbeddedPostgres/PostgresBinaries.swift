import Foundation

/// The server programs of one installed PostgreSQL.
package struct PostgresBinaries: Hashable, Sendable {
    /// Where `initdb`, `pg_ctl` and `postgres` are.
    package var directory: String
    /// `15`, `16` …: clusters belong to a major version.
    package var majorVersion: String

    package func path(_ program: String) -> String { "\(directory)/\(program)" }

    /// All that are installed, the preferred one first.
    ///
    /// Looked for where `pg_config` says, under `/usr/lib/postgresql` (newest first), in Homebrew's
    /// places, and on the PATH.
    ///
    /// - Returns: At least one.
    /// - Throws: Where there is none, with the places that were searched.
    package static func installed() throws(EmbeddedPostgresError) -> [PostgresBinaries] {
        var searched: [String] = []
        var found: [PostgresBinaries] = []
        for directory in candidates() where !searched.contains(directory) {
            searched.append(directory)
            if let binaries = PostgresBinaries(in: directory) { found.append(binaries) }
        }
        if found.isEmpty { throw .binariesNotFound(searched: searched) }
        return found
    }

    private init?(in directory: String) {
        let programs = ["initdb", "pg_ctl", "postgres"].map { "\(directory)/\($0)" }
        guard programs.allSatisfy(FileSystem.isExecutable),
            // "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"
            let version = try? Command(arguments: [programs[2], "--version"]).check(),
            let number = version.split(separator: " ").first(where: { $0.first?.isNumber == true }),
            let major = number.split(whereSeparator: { !$0.isNumber }).first
        else { return nil }
        self.directory = directory
        majorVersion = String(major)
    }

    private static func candidates() -> [String] {
        let path = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
            .map(String.init)
        var candidates: [String] = []
        if let configuration = path.map({ "\($0)/pg_config" }).first(
            where: FileSystem.isExecutable
        ),
            let directory = try? Command(arguments: [configuration, "--bindir"]).check()
        {
            candidates.append(directory.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        let debian = "/usr/lib/postgresql"
        let versions = FileSystem.contents(debian).compactMap(Int.init).sorted(by: >)
        candidates += versions.map { "\(debian)/\($0)/bin" }
        for prefix in ["/opt/homebrew/opt", "/usr/local/opt", "/home/linuxbrew/.linuxbrew/opt"] {
            let formulas = FileSystem.contents(prefix).filter { $0.hasPrefix("postgresql") }
            candidates += formulas.reversed().map { "\(prefix)/\($0)/bin" }
        }
        let redHat = FileSystem.contents("/usr").filter { $0.hasPrefix("pgsql-") }
        candidates += redHat.reversed().map { "/usr/\($0)/bin" }
        return candidates + path
    }
}
