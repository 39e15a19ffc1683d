import Synchronization

/// A shared lock that ends once.
final class Use: Sendable {
    private let lock: Mutex<FileLock?>

    init(_ lock: FileLock) {
        self.lock = Mutex(lock)
    }

    /// Gives the lock up.
    ///
    /// - Returns: Whether it was still held.
    func end() -> Bool {
        lock.withLock { lock in
            defer { lock = nil }
            return lock != nil
        }
    }
}
