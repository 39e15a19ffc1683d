import Foundation

/// The account that runs the server when the caller is root, as which PostgreSQL refuses to run.
struct ServerAccount: Hashable, Sendable {
    var name: String
    var userID: UInt32
    var groupID: UInt32

    /// Nobody else for a caller who is not root.
    static func needed() throws(EmbeddedPostgresError) -> ServerAccount? {
        guard geteuid() == 0 else { return nil }
        for name in ["postgres", "nobody"] {
            if let account = ServerAccount(named: name) { return account }
        }
        throw .noUnprivilegedAccount
    }

    private init?(named name: String) {
        guard let entry = unsafe getpwnam(name) else { return nil }
        self.name = name
        userID = unsafe entry.pointee.pw_uid
        groupID = unsafe entry.pointee.pw_gid
    }

    /// The command line that runs `command` as this account.
    func commandLine(for command: [String]) throws(EmbeddedPostgresError) -> [String] {
        if let setpriv = Self.find("setpriv") {
            return [setpriv, "--reuid=\(userID)", "--regid=\(groupID)", "--clear-groups", "--"]
                + command
        }
        if let runuser = Self.find("runuser") { return [runuser, "-u", name, "--"] + command }
        if let su = Self.find("su") {
            let quoted = command.map { "'" + $0.replacing("'", with: "'\\''") + "'" }
            return [su, "-s", "/bin/sh", name, "-c", "exec " + quoted.joined(separator: " ")]
        }
        throw .noWayToChangeUser(to: name)
    }

    /// Whether this account may enter all directories above `path` that are there.
    func canReach(_ path: String) -> Bool {
        var directory = (path as NSString).deletingLastPathComponent
        while true {
            if let attributes = try? FileManager.default.attributesOfItem(atPath: directory) {
                let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
                let owner = (attributes[.ownerAccountID] as? NSNumber)?.uint32Value
                let group = (attributes[.groupOwnerAccountID] as? NSNumber)?.uint32Value
                let bit = owner == userID ? 0o100 : group == groupID ? 0o010 : 0o001
                if mode & bit == 0 { return false }
            }
            if directory == "/" || directory.isEmpty { return true }
            directory = (directory as NSString).deletingLastPathComponent
        }
    }

    private static func find(_ name: String) -> String? {
        ["/usr/bin", "/bin", "/usr/sbin", "/sbin"].map { "\($0)/\(name)" }
            .first(where: FileSystem.isExecutable)
    }
}
