import Foundation

/// The directory of the server's socket, short enough for the address of a Unix socket.
enum SocketDirectory {
    /// Bytes of a socket's path, without the final zero: 107 on Linux, 103 on macOS.
    static let pathLimit = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1
    static let socketName = ".s.PGSQL.5432"

    /// Makes the directory, or takes the one used before.
    ///
    /// Inside the cluster's directory where that is short enough; otherwise with a random name under
    /// XDG_RUNTIME_DIR or /tmp, recorded in a file of the cluster's directory.
    ///
    /// - Parameters:
    ///   - base: The cluster's directory.
    ///   - account: The owner to be, where it is not the caller.
    /// - Returns: The path.
    /// - Throws: Where no such directory can be made.
    static func prepare(
        in base: String,
        account: ServerAccount?
    ) throws(EmbeddedPostgresError) -> String {
        let own = "\(base)/socket"
        if fits(own) {
            try FileSystem.makePrivateDirectory(own, owner: account)
            return own
        }
        let user = account?.userID ?? geteuid()
        if let recorded = recorded(in: base), FileSystem.isPrivateDirectory(recorded, of: user) {
            return recorded
        }
        let runtime = account == nil ? ProcessInfo.processInfo.environment["XDG_RUNTIME_DIR"] : nil
        let name = "gnomon-" + String(UInt64.random(in: 0 ... .max), radix: 36)
        let candidates = [runtime, "/tmp"].compactMap(\.self).map { "\($0)/\(name)" }
        guard let directory = candidates.first(where: fits) else {
            throw .fileSystem(
                path: own,
                operation: "use",
                reason: "the path is too long for a socket"
            )
        }
        try FileSystem.makePrivateDirectory(directory, owner: account)
        try FileSystem.write(directory, to: "\(base)/\(recordName)")
        return directory
    }

    /// Where the socket of a running server is.
    static func current(in base: String) -> String {
        let own = "\(base)/socket"
        return fits(own) ? own : recorded(in: base) ?? own
    }

    private static let recordName = "socket_directory"

    private static func recorded(in base: String) -> String? {
        FileSystem.text("\(base)/\(recordName)")
    }

    private static func fits(_ directory: String) -> Bool {
        // The server also makes a lock file, which is no address.
        "\(directory)/\(socketName)".utf8.count <= pathLimit
    }
}
