import Dispatch

/// The thread of one connection: libpq blocks, and the threads of the concurrency runtime must not.
final class ConnectionExecutor: SerialExecutor, @unchecked Sendable {  // its queue is serial
    private let queue = DispatchQueue(label: "postgres.connection")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    func checkIsolated() {
        dispatchPrecondition(condition: .onQueue(queue))
    }
}
