import Testing

@testable import Postgres

struct StatementCacheTests {
    private func key(_ text: String) -> StatementCache.Key {
        StatementCache.Key(text: text, types: [])
    }

    @Test func `the second use prepares and the third runs what is prepared`() {
        var cache = StatementCache(limit: 2)
        #expect(cache.use(key("a")) == .runOnce)
        #expect(cache.use(key("a")) == .prepare(name: "s2", dropping: nil))
        #expect(cache.use(key("a")) == .runPrepared(name: "s2"))
    }

    @Test func `the statement that was used longest ago makes room`() {
        var cache = StatementCache(limit: 2)
        for text in ["a", "a", "b", "b", "a"] { _ = cache.use(key(text)) }
        _ = cache.use(key("c"))
        #expect(cache.use(key("c")) == .prepare(name: "s7", dropping: "s4"))
        #expect(cache.use(key("a")) == .runPrepared(name: "s2"))
        #expect(cache.use(key("b")) == .runOnce)
    }

    @Test func `statements that differ in types only are different`() {
        var cache = StatementCache(limit: 2)
        _ = cache.use(StatementCache.Key(text: "a", types: [.int4]))
        #expect(cache.use(StatementCache.Key(text: "a", types: [.int8])) == .runOnce)
    }

    @Test func `texts that never come again do not pile up`() {
        var cache = StatementCache(limit: 2)
        for number in 0..<1000 { #expect(cache.use(key("\(number)")) == .runOnce) }
        #expect(cache.count <= 8)
    }

    @Test func `a limit of zero prepares nothing`() {
        var cache = StatementCache(limit: 0)
        #expect(cache.use(key("a")) == .runOnce)
        #expect(cache.use(key("a")) == .runOnce)
    }
}
