/// A span of time: from one instant on, up to another that is no part of it.
///
/// It never ends before it begins: what a person asks for the wrong way round is refused, and what is worked
/// out that way holds nothing.
package struct Window: Sendable, Hashable {
    package let lowerBound: Instant
    package let upperBound: Instant

    /// The whole of time.
    package static let always = Window(from: .distantPast, upTo: .distantFuture)

    /// A window that somebody asks for.
    ///
    /// - Parameters:
    ///   - from: `nil` for all that came before.
    ///   - to: `nil` for all that comes after.
    /// - Throws: `ReversedWindow` where no instant could lie in it.
    package init(from: Instant?, to: Instant?) throws(ReversedWindow) {
        lowerBound = from ?? .distantPast
        upperBound = to ?? .distantFuture
        guard lowerBound < upperBound else {
            throw ReversedWindow(from: lowerBound, to: upperBound)
        }
    }

    /// A window that is worked out; empty where the end does not come after the start.
    package init(from start: Instant, upTo end: Instant) {
        lowerBound = start
        upperBound = max(start, end)
    }

    /// The first instant, `nil` where the start is open.
    package var from: Instant? { lowerBound == .distantPast ? nil : lowerBound }

    /// The first instant after it, `nil` where the end is open.
    package var to: Instant? { upperBound == .distantFuture ? nil : upperBound }

    /// Its length in days of 24 hours, rounded down.
    package var days: Int64 {
        (upperBound.secondsRoundedDown - lowerBound.secondsRoundedDown) / 86_400
    }

    package var isEmpty: Bool { lowerBound == upperBound }

    package func contains(_ instant: Instant) -> Bool {
        lowerBound <= instant && instant < upperBound
    }

    /// What of it does not lie before an instant.
    package func after(_ instant: Instant) -> Window {
        let start = max(lowerBound, instant)
        return Window(from: start, upTo: upperBound)
    }

    /// What of it lies before an instant.
    package func before(_ instant: Instant) -> Window {
        Window(from: lowerBound, upTo: min(upperBound, instant))
    }

    /// The window with its open ends where those of another are.
    package func closed(by extent: Window) -> Window {
        Window(from: from ?? extent.lowerBound, upTo: to ?? extent.upperBound)
    }
}

/// A window whose end does not come after its start.
package struct ReversedWindow: WordedError, Equatable {
    package var from: Instant
    package var to: Instant

    package init(from: Instant, to: Instant) {
        self.from = from
        self.to = to
    }

    package var wording: Wording {
        """
        From \(from.iso8601) to \(to.iso8601) there is no time: \(setting: "to") must lie after \(setting: "from"), \
        and is itself no part of the window.
        """
    }
}
