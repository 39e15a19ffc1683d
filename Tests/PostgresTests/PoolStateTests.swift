import Testing

@testable import Postgres

struct PoolStateTests {
    @Test func `a request opens a connection and gets it`() {
        var state = PoolState(limit: 2)
        let (request, actions) = state.request()
        #expect(actions == [.connect(1)])
        #expect(state.connected(1) == [.grant(request, [1])])
    }

    @Test func `an idle connection is used again, the last one first`() {
        var state = PoolState(limit: 2)
        _ = state.request()
        _ = state.request()
        _ = state.connected(1)
        _ = state.connected(2)
        #expect(state.returned(1, isUsable: true) == [])
        #expect(state.returned(2, isUsable: true) == [])
        let (request, actions) = state.request()
        #expect(actions == [.grant(request, [2])])
    }

    @Test func `never more connections than the limit, and those who wait are served in order`() {
        var state = PoolState(limit: 1)
        let first = state.request()
        let second = state.request()
        let third = state.request()
        #expect(second.actions == [] && third.actions == [])
        #expect(state.connected(1) == [.grant(first.id, [1])])
        #expect(state.returned(1, isUsable: true) == [.grant(second.id, [1])])
        #expect(state.returned(1, isUsable: true) == [.grant(third.id, [1])])
    }

    @Test func `a broken connection is replaced while somebody waits`() {
        var state = PoolState(limit: 1)
        let first = state.request()
        _ = state.connected(1)
        let second = state.request()
        #expect(second.actions == [])
        #expect(state.returned(1, isUsable: false) == [.close(1), .connect(2)])
        #expect(state.connected(2) == [.grant(second.id, [2])])
        #expect(first.id != second.id)
    }

    @Test func `a failure to connect reaches one requester and is tried again for the next`() {
        var state = PoolState(limit: 1)
        let first = state.request()
        let second = state.request()
        #expect(
            state.connectFailed(1) == [.fail(first.id, .noConnection), .connect(2)]
        )
        #expect(state.connectFailed(2) == [.fail(second.id, .noConnection)])
        #expect(state.isEmpty)
    }

    @Test func `who gives up is skipped, and its connection becomes idle`() {
        var state = PoolState(limit: 1)
        let first = state.request()
        #expect(state.abandon(first.id) == [])
        #expect(state.abandon(first.id) == nil)
        #expect(state.connected(1) == [])
        let second = state.request()
        #expect(second.actions == [.grant(second.id, [1])])
    }

    @Test func `closing fails those who wait and closes what comes back`() {
        var state = PoolState(limit: 2)
        _ = state.request()
        _ = state.connected(1)
        _ = state.request()
        let third = state.request()
        let second = state.request()
        _ = state.connected(2)
        #expect(
            state.close() == [.fail(third.id, .closed), .fail(second.id, .closed)]
        )
        #expect(state.returned(1, isUsable: true) == [.close(1)])
        #expect(state.returned(2, isUsable: false) == [.close(2)])
        #expect(state.isEmpty)
        let late = state.request()
        #expect(late.actions == [.fail(late.id, .closed)])
    }

    @Test func `who wants two gets both at once, and holds none while it waits`() {
        var state = PoolState(limit: 2)
        let single = state.request()
        #expect(state.connected(1) == [.grant(single.id, [1])])
        let double = state.request(2)
        #expect(double.actions == [.connect(2)])
        #expect(state.connected(2) == [])
        let late = state.request()
        #expect(late.actions == [])
        #expect(state.returned(1, isUsable: true) == [.grant(double.id, [1, 2])])
        #expect(state.returned(2, isUsable: true) == [.grant(late.id, [2])])
    }

    @Test func `those behind who gives up are served with what was kept for it`() {
        var state = PoolState(limit: 2)
        let first = state.request()
        let second = state.request()
        #expect(state.connected(1) == [.grant(first.id, [1])])
        #expect(state.connected(2) == [.grant(second.id, [2])])
        let double = state.request(2)
        let late = state.request()
        #expect(state.returned(1, isUsable: true) == [])
        #expect(state.abandon(double.id) == [.grant(late.id, [1])])
    }

    /// Random events in a simulated pool: the limit holds, nobody is served twice, everybody gets all that it
    /// wants at once, and with every connection returned nobody waits.
    @Test(arguments: UInt64(1)...20)
    func `random histories keep the promises`(seed: UInt64) {
        var generator = SplitMix(state: seed)
        var state = PoolState(limit: 3)
        var connecting: Set<Int> = []
        var leased: Set<Int> = []
        /// With how many connections each wants.
        var waiting: [Int: Int] = [:]
        var open: Set<Int> = []

        func apply(_ actions: [PoolState.Action]) {
            for action in actions {
                switch action {
                case .connect(let id):
                    let isNew = connecting.insert(id).inserted
                    #expect(isNew)
                case .grant(let request, let ids):
                    #expect(waiting.removeValue(forKey: request) == ids.count)
                    for id in ids {
                        let isFree = leased.insert(id).inserted
                        #expect(open.contains(id) && isFree)
                    }
                case .fail(let request, _):
                    #expect(waiting.removeValue(forKey: request) != nil)
                case .close(let id):
                    let opened = open.remove(id)
                    #expect(!leased.contains(id))
                    // A connection that was lost is closed in the actor only.
                    #expect(opened != nil)
                }
            }
            #expect(connecting.count + open.count <= 3)
        }

        for _ in 0..<500 {
            switch generator.next() % 5 {
            case 0, 1:
                let count = Int(generator.next() % 3) + 1
                let (id, actions) = state.request(count)
                waiting[id] = count
                apply(actions)
            case 2:
                guard let id = connecting.min() else { continue }
                connecting.remove(id)
                if generator.next() % 4 == 0 {
                    apply(state.connectFailed(id))
                } else {
                    open.insert(id)
                    apply(state.connected(id))
                }
            case 3:
                guard let id = leased.min() else { continue }
                leased.remove(id)
                apply(state.returned(id, isUsable: generator.next() % 4 != 0))
            default:
                guard let id = waiting.keys.min(), generator.next() % 3 == 0 else { continue }
                waiting[id] = nil
                let actions = state.abandon(id)
                #expect(actions != nil)
                apply(actions ?? [])
            }
        }
        while !waiting.isEmpty, let id = connecting.union(leased).min() {
            if connecting.remove(id) != nil {
                open.insert(id)
                apply(state.connected(id))
            } else {
                leased.remove(id)
                apply(state.returned(id, isUsable: true))
            }
        }
        #expect(waiting.isEmpty)
    }
}

private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
