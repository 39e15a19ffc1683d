import HTTPTypes
import HummingbirdCore
import NIOCore
import Synchronization

/// A body that its sender holds back until it is asked for, as `Expect: 100-continue` says.
///
/// Who reads it asks for it. What is refused by its head is refused before a byte of the body was sent.
final class HeldBody: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    private let body: RequestBody
    private let channel: any Channel
    private let isAskedFor = Atomic<Bool>(false)

    /// - Parameters:
    ///   - request: Whose body it is; `nil` where its sender waits for nothing.
    ///   - channel: On which it comes.
    /// - Throws: `Problem` where something else is expected.
    init?(of request: Request, on channel: any Channel) throws {
        let expected = request.headers[values: .expect].joined(separator: ",")
            .split(separator: ",").map(\.trimmingSpaces)
            .filter { !$0.isEmpty }
        guard !expected.isEmpty else { return nil }
        if let other = expected.first(where: { $0.lowercased() != "100-continue" }) {
            var problem = Problem(
                .unknownExpectation,
                "Expect: \(other) is not understood; 100-continue is, or send the request without."
            )
            problem.endsConnection = true
            throw problem
        }
        body = request.body
        self.channel = channel
    }

    /// Whether the sender was never told to send it, and may do so or not.
    var isHeldBack: Bool { !isAskedFor.load(ordering: .relaxed) }

    func makeAsyncIterator() -> RequestBody.AsyncIterator {
        if !isAskedFor.exchange(true, ordering: .relaxed) {
            channel.triggerUserOutboundEvent(AskForBody(), promise: nil)
        }
        return body.makeAsyncIterator()
    }
}
