import Testing

@testable import Evaluation

/// Whether prefixes of ids look like entities is a matter of days.
struct EntityPrefixesTests {
    private func prefixes(
        _ count: Int,
        days: (_ prefix: Int) -> [Int32]
    ) -> EntityPrefixes {
        var prefixes = EntityPrefixes()
        for prefix in 0..<count {
            // Spread over all bits, as hashes are.
            let hash = UInt64(prefix + 1) &* 0x9E37_79B9_7F4A_7C15
            for day in days(prefix) where prefixes.holds(hash: hash) {
                prefixes.add(hash: hash, day: day) { "user-\(prefix)" }
            }
        }
        return prefixes
    }

    private func hint(_ prefixes: EntityPrefixes) -> EntityHint? {
        prefixes.hint(withPrefix: 1_000, of: 1_000, isWhole: true)
    }

    @Test func `prefixes that come back on other days are asked about`() throws {
        let hint = try #require(self.hint(prefixes(72) { _ in Array(0..<30) }))
        #expect(hint == EntityHint(prefixes: 72, example: "user-0", days: 30))
        #expect(
            hint.sentence
                == "The prediction ids look like repeats of the same entities: 72 prefixes such as \"user-0\" come back, "
                + "each on 30 days on average. If each stands for one customer, machine or the like, send it as the "
                + "column entity, so that evidence counts entities and not rows."
        )
    }

    @Test func `entities matter from one and a half days on`() throws {
        func days(_ both: Int) -> EntityHint? {
            hint(prefixes(100) { $0 < both ? [Int32($0 % 4), 9] : [Int32($0 % 4)] })
        }
        #expect(days(49) == nil)
        #expect(days(50)?.days == 1.5)
        #expect(days(50)?.sentence.contains("each on 1.5 days on average") == true)
    }

    @Test func `few prefixes are regions, sources or hours rather than entities`() {
        #expect(hint(prefixes(24) { _ in Array(0..<30) }) == nil)
        #expect(hint(prefixes(25) { _ in Array(0..<30) }) != nil)
        #expect(hint(EntityPrefixes()) == nil)
    }

    @Test func `prefixes that follow one another in time are counters and dates`() {
        // Weeks of a year, batches of three days, and dates that a time zone parts.
        #expect(hint(prefixes(52) { week in (0..<7).map { Int32(7 * week + $0) } }) == nil)
        #expect(hint(prefixes(300) { batch in (0..<3).map { Int32(3 * batch + $0) } }) == nil)
        #expect(hint(prefixes(300) { [Int32($0), Int32($0 + 1)] }) == nil)
    }

    @Test func `ids of which some have no prefix say nothing`() {
        let prefixes = prefixes(72) { _ in Array(0..<30) }
        #expect(prefixes.hint(withPrefix: 899, of: 1_000, isWhole: true) == nil)
        #expect(prefixes.hint(withPrefix: 900, of: 1_000, isWhole: true) != nil)
    }

    @Test func `of many prefixes a part is held, with all of its days`() throws {
        let many = prefixes(40_000) { prefix in (0..<3).map { Int32((prefix + 7 * $0) % 30) } }
        let hint = try #require(many.hint(withPrefix: 9, of: 9, isWhole: false))
        #expect(hint.isEstimate && hint.days == 3 && hint.ids == 9)
        #expect(abs(hint.prefixes - 40_000) < 6_000, "\(hint.prefixes)")
        #expect(hint.sentence.contains(": about \(hint.prefixes) prefixes such as"))
        #expect(hint.sentence.contains("come back in the first 9 rows, each on 3 days"))
    }

    @Test func `enough is enough`() {
        var prefixes = prefixes(30) { _ in [1] }
        #expect(!prefixes.isFull)
        for _ in 0..<EntityPrefixes.mostTallied { prefixes.add(hash: 1, day: 1) { "x" } }
        #expect(prefixes.isFull)
    }
}
