import Evaluation
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Harness
@testable import WebServer

/// How long it takes to refuse a token tells nothing of the tokens that there are.
@Suite(.temporaryDatabase, .hangLimit)
struct TokenTimingTests {
    /// Bytes that count how often they are looked at.
    private struct Watched: Collection {
        let bytes: [UInt8]
        let looks: Looks

        var startIndex: Int { 0 }
        var endIndex: Int { bytes.count }
        func index(after index: Int) -> Int { index + 1 }
        subscript(position: Int) -> UInt8 {
            looks.count.withLock { $0 += 1 }
            return bytes[position]
        }
    }

    private final class Looks: Sendable { let count = Mutex(0) }

    @Test func `every byte of a digest is compared, wherever the first difference is`() {
        let digest = Secret.digest(of: NewToken().text)
        var looks: Set<Int> = []
        for agreeing in 0...digest.count {
            let (one, two) = (Looks(), Looks())
            let other = Self.digest(agreeing: agreeing, with: digest)
            let areEqual = Secret.areEqual(
                Watched(bytes: digest, looks: one),
                Watched(bytes: other, looks: two)
            )
            #expect(areEqual == (agreeing == digest.count))
            looks.formUnion([one.count.withLock { $0 }, two.count.withLock { $0 }])
        }
        #expect(looks == [digest.count])
        #expect(!Secret.areEqual(digest, digest.dropLast()))
    }

    @Test func `tokens that agree in all characters but one have nothing in common when compared`()
    {
        let text = Array(NewToken().text.utf8)
        let digest = Secret.digest(of: String(decoding: text, as: UTF8.self))
        #expect(digest.count == 32)
        var agreeing = 0
        for place in text.indices {
            var other = text
            other[place] ^= 1
            let wrong = Secret.digest(of: String(decoding: other, as: UTF8.self))
            agreeing += zip(digest, wrong).prefix { $0 == $1 }.count
        }
        // A byte agrees once in 256 times.
        #expect(agreeing < 8, "\(agreeing) leading bytes in \(text.count) digests")
    }

    // MARK: - By the clock, which only the script asks

    /// `GNOMON_TIMING_SAMPLES` measures so many refusals of each kind.
    private static let samples = ProcessInfo.processInfo.environment["GNOMON_TIMING_SAMPLES"]
        .flatMap(Int.init)

    @Test(.enabled(if: samples != nil))
    func `refusals take as long however much agrees`() async throws {
        let samples = Self.samples ?? 0
        let digest = Secret.digest(of: NewToken().text)
        let digests = [0, 16, 31].map { Self.digest(agreeing: $0, with: digest) }
        var found = 0
        let compared = await Self.interleaved(samples, kinds: digests.count) { kind in
            for _ in 0..<100 where Secret.areEqual(digest, digests[kind]) { found += 1 }
        }
        #expect(found == 0)
        Self.judge("comparison of digests that agree in 0, 16 and 31 bytes", compared)

        try await RunningServer.with({
            $0.limits.wrongTokensPerSecond = 1_000_000_000
            $0.limits.newTokensPerSecond = 1_000_000_000
        }) { running in
            let good = try await running.token()
            let texts = [4, good.utf8.count / 2, good.utf8.count - 1].map {
                good.prefix($0) + String(repeating: "~", count: good.utf8.count - $0)
            }
            let authenticator = running.server.backend.authenticator
            let refused = await Self.interleaved(samples, kinds: texts.count) { kind in
                let identity = try? await authenticator.identity(
                    token: String(texts[kind]),
                    from: ClientAddress("")
                )
                #expect(identity == nil)
            }
            Self.judge("look-up of tokens that agree in 4, half and all but 1 characters", refused)
            let answered = await Self.interleaved(samples, kinds: texts.count) { kind in
                let client = running.client(String(texts[kind]))
                #expect(await (try? client.get("/v1/tasks").status) == 401)
            }
            Self.judge("answers over HTTP to the same tokens", answered)
        }
    }

    /// Times the kinds in turns, in an order that differs from turn to turn.
    ///
    /// - Returns: Nanoseconds, by kind.
    private static func interleaved(
        _ samples: Int,
        kinds: Int,
        _ body: (Int) async -> Void
    ) async -> [[Double]] {
        var generator = TestGenerator(seed: 17)
        var times = [[Double]](repeating: [], count: kinds)
        for turn in 0..<samples + samples / 10 {
            for kind in (0..<kinds).shuffled(using: &generator) {
                let start = ContinuousClock.now
                await body(kind)
                let time = (ContinuousClock.now - start).components
                // The first ones warm up.
                guard turn >= samples / 10 else { continue }
                times[kind].append(Double(time.attoseconds) / 1e9 + Double(time.seconds) * 1e9)
            }
        }
        return times
    }

    /// Shows the rank tests of the first kind against each other one.
    private static func judge(_ name: String, _ times: [[Double]]) {
        for (kind, other) in times.enumerated().dropFirst() {
            let (share, z) = rankTest(times[0], other)
            let medians = [times[0], other].map { $0.sorted()[$0.count / 2] / 1_000 }
            print(
                name + ", kind 0 against \(kind), \(other.count) samples each: medians "
                    + "\(medians[0]) and \(medians[1]) µs, the first is longer in "
                    + "\((1_000 * share).rounded() / 10) % of pairs, z = \((100 * z).rounded() / 100)"
            )
            // Six tests; z = 4.2 comes once in 6,000 times by chance.
            #expect(abs(z) < 4.2, "\(name): \(z)")
        }
    }

    /// Mann and Whitney's test; ties share their ranks.
    private static func rankTest(_ one: [Double], _ other: [Double]) -> (share: Double, z: Double) {
        let all = (one.map { ($0, true) } + other.map { ($0, false) }).sorted { $0.0 < $1.0 }
        var sum = 0.0
        var start = 0
        while start < all.count {
            var end = start
            while end < all.count, all[end].0 == all[start].0 { end += 1 }
            let rank = Double(start + end + 1) / 2
            for entry in all[start..<end] where entry.1 { sum += rank }
            start = end
        }
        let (n, m) = (Double(one.count), Double(other.count))
        let u = sum - n * (n + 1) / 2
        return (u / (n * m), (u - n * m / 2) / (n * m * (n + m + 1) / 12).squareRoot())
    }

    private static func digest(agreeing count: Int, with digest: [UInt8]) -> [UInt8] {
        var other = digest
        for index in other.indices where index >= count { other[index] ^= 0x5A }
        return other
    }
}
