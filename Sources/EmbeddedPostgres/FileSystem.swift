import Foundation

/// The few operations on files that this module needs, with errors that name the path.
enum FileSystem {
    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: path)
    }

    static func isExecutable(_ path: String) -> Bool {
        FileManager.default.isExecutableFile(atPath: path)
    }

    static func contents(_ path: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? []
    }

    static func text(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    static func write(_ text: String, to path: String) throws(EmbeddedPostgresError) {
        try attempt("write", path) {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        }
    }

    static func remove(_ path: String) throws(EmbeddedPostgresError) {
        guard exists(path) else { return }
        try attempt("remove", path) { try FileManager.default.removeItem(atPath: path) }
    }

    static func move(_ source: String, to destination: String) throws(EmbeddedPostgresError) {
        try attempt("move", source) {
            try FileManager.default.moveItem(atPath: source, toPath: destination)
        }
    }

    /// Makes a directory, with those above it, that only its owner may enter.
    static func makePrivateDirectory(
        _ path: String,
        owner: ServerAccount?
    ) throws(EmbeddedPostgresError) {
        let above = (path as NSString).deletingLastPathComponent
        try attempt("create", path) {
            try FileManager.default.createDirectory(
                atPath: above,
                withIntermediateDirectories: true
            )
            // With "intermediate" directories, one that another program makes just now is no error.
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        }
        try setOwner(of: path, to: owner)
        try attempt("protect", path) {
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        }
    }

    static func setOwner(
        of path: String,
        to owner: ServerAccount?
    ) throws(EmbeddedPostgresError) {
        guard let owner else { return }
        try attempt("change the owner of", path) {
            try FileManager.default.setAttributes(
                [.ownerAccountID: owner.userID, .groupOwnerAccountID: owner.groupID],
                ofItemAtPath: path
            )
        }
    }

    /// Whether `path` is a directory itself, no link, that belongs to `user` and to nobody else.
    static func isPrivateDirectory(_ path: String, of user: UInt32) -> Bool {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else {
            return false
        }
        return attributes[.type] as? FileAttributeType == .typeDirectory
            && (attributes[.ownerAccountID] as? NSNumber)?.uint32Value == user
            && (attributes[.posixPermissions] as? NSNumber)?.intValue == 0o700
    }

    private static func attempt(
        _ operation: String,
        _ path: String,
        _ body: () throws -> Void
    ) throws(EmbeddedPostgresError) {
        do {
            try body()
        } catch {
            throw .fileSystem(
                path: path,
                operation: operation,
                reason: (error as NSError).localizedDescription
            )
        }
    }
}
