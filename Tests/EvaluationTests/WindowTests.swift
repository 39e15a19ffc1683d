import Evaluation
import Testing

struct WindowTests {
    private static let instants = [Int64.min, -1, 0, 1, .max].map { Instant(microseconds: $0) }
    private static let ends: [Instant?] = [nil] + instants

    @Test(arguments: ends, ends)
    func `a window that is asked for runs forward, or is refused`(from: Instant?, to: Instant?) {
        let (start, end) = (from ?? .distantPast, to ?? .distantFuture)
        guard start < end else {
            #expect(throws: ReversedWindow(from: start, to: end)) {
                try Window(from: from, to: to)
            }
            return
        }
        let window = try? Window(from: from, to: to)
        #expect(window?.lowerBound == start && window?.upperBound == end)
    }

    @Test(arguments: instants, instants)
    func `a window that is worked out holds nothing where its end does not come after its start`(
        start: Instant,
        end: Instant
    ) {
        let window = Window(from: start, upTo: end)
        #expect(window.isEmpty == (start >= end))
        for instant in Self.instants {
            #expect(window.contains(instant) == (start <= instant && instant < end))
        }
    }

    @Test(arguments: instants, instants)
    func `cutting at an instant leaves what lies before it and what does not`(
        start: Instant,
        cut: Instant
    ) {
        let window = Window(from: start, upTo: .distantFuture)
        for instant in Self.instants where window.contains(instant) {
            #expect(window.before(cut).contains(instant) == (instant < cut))
            #expect(window.after(cut).contains(instant) == (instant >= cut))
        }
    }

    @Test func `open ends are taken from what there is, given ones stay`() throws {
        let extent = Window(from: Instant(seconds: 10), upTo: Instant(seconds: 20))
        let early = try Window(from: nil, to: Instant(seconds: 5))
        #expect(Window.always.closed(by: extent) == extent)
        #expect(early.closed(by: extent).isEmpty)
        #expect(early.from == nil && early.to == Instant(seconds: 5))
    }

    @Test func `a reversed window says what is wrong and what is allowed`() {
        let error = ReversedWindow(from: Instant(seconds: 60), to: Instant(seconds: 0))
        #expect(
            "\(error)"
                == "From 1970-01-01T00:01:00Z to 1970-01-01T00:00:00Z there is no time: --to must "
                + "lie after --from, and is itself no part of the window."
        )
    }
}
