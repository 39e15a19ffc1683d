import Evaluation
import Foundation
import Harness
import Synchronization
import TestSupport
import Testing

@testable import WebServer

/// Wrong tokens cost the database little, and others nothing.
@Suite(.temporaryDatabase, .hangLimit)
struct WrongTokenTests {
    private static let one = ClientAddress("192.0.2.1")
    private static let two = ClientAddress("192.0.2.2")

    @Test func `who sends too many is held off before the database is asked`() async throws {
        let asked = Counter()
        let known = KnownCredentials(
            wrong: RateLimiter(perSecond: 5),
            new: RateLimiter(perSecond: 1_000)
        ) { _ in
            asked.add()
            return nil
        }
        var refused = 0
        for number in 0..<1_000 {
            do {
                _ = try await known.identity("gnm_\(number)", from: Self.one)
            } catch let problem as Problem {
                #expect(problem.kind == .tooManyRequests)
                refused += 1
            }
        }
        #expect(asked.value == 1_000 - refused)
        #expect(refused > 0)
        let other = try await known.identity("gnm_other", from: Self.two)
        #expect(other == nil, "who comes from elsewhere may go on")
    }

    @Test func `all addresses together do not ask more than so often`() async throws {
        let asked = Counter()
        let known = KnownCredentials(
            wrong: RateLimiter(perSecond: 1_000),
            new: RateLimiter(perSecond: 1)
        ) { _ in
            asked.add()
            return nil
        }
        var refused = 0
        for number in 0..<1_000 {
            do {
                _ = try await known.identity("gnm_\(number)", from: ClientAddress("\(number)"))
            } catch is Problem { refused += 1 }
        }
        #expect(asked.value == 1_000 - refused)
        #expect(refused > 900)
    }

    @Test func `many connections that begin with the same secret cost as one`() async throws {
        let asked = Counter()
        let come = Counter()
        let known = KnownCredentials(
            wrong: RateLimiter(perSecond: 5),
            new: RateLimiter(perSecond: 1_000)
        ) { secret in
            asked.add()
            try await eventually("all have come") { come.value.isMultiple(of: 300) }
            guard secret == "good" else { return nil }
            let now = Instant(seconds: 1_700_000_000)
            let token = AccessToken(
                id: 1,
                name: "t",
                scopes: [.read],
                tasks: nil,
                createdAt: now
            )
            return (token, now)
        }
        let found = try await Self.identify("good", times: 300, known, come)
        #expect(found == Found(good: 300))
        #expect(asked.value < 100)
        // Of one that is nobody's everybody pays.
        let refused = try await Self.identify("bad", times: 300, known, come)
        #expect(refused.good == 0 && refused.wrong + refused.heldOff == 300)
        #expect(refused.heldOff > 200)
    }

    private struct Found: Equatable {
        var good = 0
        var wrong = 0
        var heldOff = 0
    }

    private static func identify(
        _ secret: String,
        times: Int,
        _ known: KnownCredentials,
        _ come: Counter
    ) async throws -> Found {
        try await withThrowingTaskGroup(of: Found.self) { group in
            for _ in 0..<times {
                group.addTask {
                    come.add()
                    do {
                        let identity = try await known.identity(secret, from: one)
                        return identity == nil ? Found(wrong: 1) : Found(good: 1)
                    } catch is Problem {
                        return Found(heldOff: 1)
                    }
                }
            }
            return try await group.reduce(into: Found()) { sum, one in
                sum.good += one.good
                sum.wrong += one.wrong
                sum.heldOff += one.heldOff
            }
        }
    }

    @Test func `the same wrong token is looked up once a second, and a good one costs nothing`()
        async throws
    {
        try await RunningServer.with({ $0.limits.wrongTokensPerSecond = 3 }) { running in
            let authenticator = running.server.backend.authenticator
            for _ in 0..<50 {
                let token = try await running.token()
                _ = try await authenticator.identity(token: token, from: Self.one)
            }
            let token = try await running.token()
            _ = try await authenticator.identity(token: token, from: Self.one)
            for number in 0..<10 {
                await #expect(throws: Problem.self) {
                    try await authenticator.identity(token: "gnm_\(number)", from: Self.one)
                }
            }
            // Who has come in before is no stranger, whatever others at the same address do.
            _ = try await authenticator.identity(token: token, from: Self.one)
        }
        let asked = Counter()
        let known = KnownCredentials(
            wrong: RateLimiter(perSecond: 1_000),
            new: RateLimiter(perSecond: 1_000)
        ) { _ in
            asked.add()
            return nil
        }
        for _ in 0..<100 { _ = try await known.identity("gnm_same", from: Self.one) }
        #expect(asked.value < 100)
    }

    @Test func `names without end take no memory without end`() throws {
        let limiter = RateLimiter(perSecond: 1, nameLimit: 10)
        var passed = 0
        for number in 0..<1_000 where (try? limiter.take("\(number)")) != nil { passed += 1 }
        // Each of the ten has a bucket, and all others share one.
        #expect((11...30).contains(passed))
    }

    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8::1", "2001:db8::/64"), ("::1", "::/64"),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.1"),
        ("", ""), ("unknown", "unknown"),
    ])
    func `an address of IPv6 stands for its network`(text: String, name: String) {
        #expect(ClientAddress(text).name == name)
    }
}

private final class Counter: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    func add() { count.withLock { $0 += 1 } }
}
