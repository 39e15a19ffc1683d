import Foundation

/// A lock on a file that the kernel lifts when its holder ends, however it ends.
///
/// The descriptor is not inherited by the programs that are started, so no server keeps it.
final class FileLock: Sendable {
    enum Mode {
        case shared
        case exclusive
    }

    private let descriptor: Int32

    /// Waits for the lock.
    convenience init(_ path: String, _ mode: Mode) throws(EmbeddedPostgresError) {
        try self.init(path: path)
        let operation = mode == .shared ? LOCK_SH : LOCK_EX
        while flock(descriptor, operation) != 0 {
            guard errno == EINTR else { throw Self.failure("lock", path) }
        }
    }

    /// The lock, exclusive, if it can be had at once.
    static func tryExclusive(_ path: String) throws(EmbeddedPostgresError) -> FileLock? {
        let lock = try FileLock(path: path)
        return flock(lock.descriptor, LOCK_EX | LOCK_NB) == 0 ? lock : nil
    }

    private init(path: String) throws(EmbeddedPostgresError) {
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        if descriptor < 0 { throw Self.failure("open", path) }
    }

    deinit {
        close(descriptor)
    }

    private static func failure(_ operation: String, _ path: String) -> EmbeddedPostgresError {
        .fileSystem(
            path: path,
            operation: operation,
            reason: unsafe String(cString: strerror(errno))
        )
    }
}
