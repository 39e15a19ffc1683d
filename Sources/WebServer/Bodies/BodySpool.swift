import Foundation

/// The bytes of a body: in memory as long as they are few, then in a temporary file.
struct BodySpool {
    private(set) var count: Int64 = 0
    private(set) var bytes: [UInt8] = []
    private(set) var file: TemporaryFile?
    private let memoryBytes: Int

    init(memoryBytes: Int) {
        self.memoryBytes = memoryBytes
    }

    mutating func append(_ more: [UInt8]) throws {
        count += Int64(more.count)
        if let file {
            try file.append(more)
            return
        }
        bytes += more
        guard bytes.count > memoryBytes else { return }
        let file = try TemporaryFile()
        try file.append(bytes)
        bytes = []
        self.file = file
    }
}

/// A file that goes when nobody holds it any more.
final class TemporaryFile: Sendable {
    let path: String
    private let handle: FileHandle

    private static let prefix = "gnomon-body-"

    init() throws {
        path = "\(NSTemporaryDirectory())\(Self.prefix)\(getpid())-\(UUID().uuidString)"
        let isMade = FileManager.default.createFile(
            atPath: path,
            contents: nil,
            attributes: [.posixPermissions: 0o600]
        )
        guard isMade, let handle = FileHandle(forWritingAtPath: path) else {
            throw Problem(
                .overloaded,
                "There is no room for a temporary file. Send fewer rows at a time.",
                retryAfter: 30
            )
        }
        self.handle = handle
    }

    deinit {
        try? handle.close()
        try? FileManager.default.removeItem(atPath: path)
    }

    func append(_ bytes: [UInt8]) throws {
        do {
            try handle.write(contentsOf: Data(bytes))
        } catch {
            throw Problem(
                .overloaded,
                "There is no room for the body in the temporary directory. Send fewer rows at a time.",
                retryAfter: 30
            )
        }
    }

    /// Removes what services left that were killed.
    static func removeLeftovers() {
        let folder = NSTemporaryDirectory()
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            guard name.hasPrefix(prefix),
                let owner = Int32(name.dropFirst(prefix.count).prefix { $0 != "-" }),
                owner != getpid(), kill(owner, 0) != 0, errno == ESRCH
            else { continue }
            try? FileManager.default.removeItem(atPath: folder + name)
        }
    }
}
