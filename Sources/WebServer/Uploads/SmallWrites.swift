import Evaluation
import Harness
import Ingest
import Logging
import Postgres
import ServiceLifecycle
import Store
import Synchronization

/// Takes small requests in together: whoever comes while a group is written is in the next one.
///
/// There is one line for the predictions of a task and one for its labels. A request is answered when its
/// group is durable, with what became of its own rows.
final class SmallWrites: Sendable {
    private let pool: PostgresPool
    private let limits: ServerLimits
    private let lines = Mutex<[LineKey: Line]>([:])
    private let wakings: AsyncStream<LineKey>
    private let waker: AsyncStream<LineKey>.Continuation

    private struct LineKey: Hashable {
        var taskID: Int32
        var kind: UploadKind
    }

    private struct Line {
        var requests: [Request] = []
        var rows = 0
        /// Whether somebody is at work on it, or about to be.
        var isAwake = false
    }

    private struct Request {
        var task: PredictionTask
        var part: UploadGroup.Part
        var continuation: CheckedContinuation<Result<UploadReport, any Error>, Never>
    }

    init(pool: PostgresPool, limits: ServerLimits) {
        self.pool = pool
        self.limits = limits
        (wakings, waker) = AsyncStream.makeStream(of: LineKey.self)
    }

    /// Takes rows in.
    ///
    /// - Parameters:
    ///   - lines: NDJSON, each line with its line feed.
    ///   - task: Of the rows.
    ///   - kind: Predictions or labels.
    ///   - tokenName: The token of the one who asks.
    /// - Returns: What became of the rows, once they are durable.
    /// - Throws: `Problem` where too many rows wait; what the upload throws.
    func upload(
        _ lines: [UInt8],
        task: PredictionTask,
        kind: UploadKind,
        tokenName: Name?
    ) async throws -> UploadReport {
        let part = UploadGroup.Part(lines: lines, tokenName: tokenName)
        let key = LineKey(taskID: task.id, kind: kind)
        let result = await withCheckedContinuation { continuation in
            enqueue(Request(task: task, part: part, continuation: continuation), key)
        }
        return try result.get()
    }

    private func enqueue(_ request: Request, _ key: LineKey) {
        let (isTaken, wakes) = lines.withLock { lines in
            var line = lines[key] ?? Line()
            guard line.rows + request.part.lineCount <= limits.waitingSmallRows else {
                return (false, false)
            }
            line.requests.append(request)
            line.rows += request.part.lineCount
            let wakes = !line.isAwake
            line.isAwake = true
            lines[key] = line
            return (true, wakes)
        }
        guard isTaken else {
            let problem = Problem(
                .overloaded,
                "\(limits.waitingSmallRows) rows of this task wait to be written. Send several rows in "
                    + "one request, or fewer requests.",
                retryAfter: 1
            )
            request.continuation.resume(returning: .failure(problem))
            return
        }
        if wakes, case .terminated = waker.yield(key) { work(offAll: key) }
    }

    /// Answers those who come after the end.
    private func work(offAll key: LineKey) {
        let line = lines.withLock { $0.removeValue(forKey: key) }
        for request in line?.requests ?? [] {
            request.continuation.resume(returning: .failure(CancellationError()))
        }
    }

    // MARK: - Writing

    private func write(_ key: LineKey) async {
        // Who comes at the same moment comes along.
        try? await Task.sleep(for: limits.groupTime)
        while let group = next(key) { await write(group, key.kind) }
    }

    /// The requests that are written together next; `nil` puts the line to sleep.
    private func next(_ key: LineKey) -> [Request]? {
        lines.withLock { lines in
            guard var line = lines[key], let first = line.requests.first else {
                lines[key] = nil
                return nil
            }
            var count = 0
            var rows = 0
            for request in line.requests {
                rows += request.part.lineCount
                guard count == 0 || rows <= UploadGroup.rowLimit, request.task == first.task else {
                    break
                }
                count += 1
            }
            let group = Array(line.requests.prefix(count))
            line.requests.removeFirst(count)
            line.rows -= group.reduce(0) { $0 + $1.part.lineCount }
            lines[key] = line
            return group
        }
    }

    private func write(_ group: [Request], _ kind: UploadKind) async {
        let operation = UploadGroup(pool: pool, task: group[0].task, kind: kind)
        do {
            let reports = try await operation.run(group.map(\.part))
            for (request, report) in zip(group, reports) {
                request.continuation.resume(returning: .success(report))
            }
        } catch let error as IngestError where group.count > 1 {
            // One of them spoils it for all; alone it spoils it for nobody else.
            _ = error
            for request in group { await write([request], kind) }
        } catch {
            for request in group { request.continuation.resume(returning: .failure(error)) }
        }
    }
}

extension SmallWrites: Service {
    /// Writes until the service stops, and then what still waits.
    func run() async throws {
        await withDiscardingTaskGroup { group in
            for await key in wakings.cancelOnGracefulShutdown() {
                group.addTask { await self.write(key) }
            }
            waker.finish()
            let rest = lines.withLock { Array($0.keys) }
            for key in rest { group.addTask { await self.write(key) } }
        }
    }
}
