import Crypto
import Evaluation
import Harness
import HTTPTypes
import HummingbirdCore
import Postgres
import Store
import Synchronization

/// Gives a request that names itself with Idempotency-Key the answer that it had before.
final class IdempotentAnswers: Sendable {
    private let pool: PostgresPool
    /// Keys of requests that are being answered.
    private let open = Mutex<Set<String>>([])

    static let header = HTTPField.Name.idempotencyKey

    init(pool: PostgresPool) {
        self.pool = pool
    }

    /// Answers a request, unless it was answered before.
    ///
    /// Answers that may be others next time, such as that the service is too busy, are not kept.
    ///
    /// - Parameters:
    ///   - call: The request.
    ///   - task: The task that it is about.
    ///   - digest: Of its body.
    ///   - answer: Makes the answer.
    /// - Returns: The answer, byte for byte the one of the first time.
    /// - Throws: `Problem` where the key was used for another request, or is being used.
    func answer(
        _ call: Call,
        about task: Name,
        body digest: [UInt8],
        _ answer: () async throws -> Answer
    ) async throws -> Answer {
        guard let key = call.header(Self.header) else { return try await answer() }
        guard (1...200).contains(key.count), key.utf8.allSatisfy({ (0x20..<0x7F).contains($0) })
        else {
            throw Problem(
                .invalidRequest,
                "Idempotency-Key must be 1 to 200 printable ASCII characters."
            )
        }
        let request = Self.digest(of: call, body: digest)
        let name = "\(call.identity.tokenID) \(key)"
        guard open.withLock({ $0.insert(name).inserted }) else {
            throw Problem(
                .conflict,
                "A request with this Idempotency-Key is being answered. Send it again later.",
                retryAfter: 1
            )
        }
        defer { open.withLock { _ = $0.remove(name) } }
        let answers = KeepAnswer(pool: pool, tokenID: call.identity.tokenID, key: key)
        if let earlier = try await answers.earlier() {
            guard earlier.requestDigest == request else {
                throw Problem(
                    .keyReused,
                    "This Idempotency-Key came with another request before. Give each request a key "
                        + "of its own."
                )
            }
            var same = Answer(
                status: HTTPResponse.Status(code: Int(earlier.status)),
                contentType: earlier.contentType,
                body: earlier.body
            )
            same.headers[.idempotentReplayed] = "true"
            return same
        }
        let made: Answer
        do {
            made = try await answer()
        } catch {
            let problem = Problem.of(error)
            guard problem.kind == .rowsRejected else { throw problem }
            made = problem.answer
        }
        try await answers.keep(
            KeptAnswer(
                requestDigest: request,
                status: Int32(made.status.code),
                contentType: made.headers[.contentType] ?? "",
                body: made.body
            ),
            about: task
        )
        return made
    }

    private static func digest(of call: Call, body: [UInt8]) -> [UInt8] {
        var digest = SHA256()
        let head = [
            call.request.method.rawValue, call.request.head.path ?? "",
            call.header(.contentType) ?? "", call.header(.contentEncoding) ?? "",
        ]
        digest.update(data: Array(head.joined(separator: "\u{0}").utf8))
        digest.update(data: body)
        return Array(digest.finalize())
    }
}

extension HTTPField.Name {
    static var idempotencyKey: Self { Self.named("Idempotency-Key") }
    static var idempotentReplayed: Self { Self.named("Idempotent-Replayed") }

    private static func named(_ name: String) -> Self {
        guard let name = Self(name) else { preconditionFailure("\(name) is no field name.") }
        return name
    }
}
