import Foundation

/// A line from values to places on a drawing.
struct Scale: Sendable, Equatable {
    let domain: ClosedRange<Double>
    let start: Double
    let end: Double

    /// * `values`: What must have a place; a domain without any, or of one value, gets some room.
    /// * `start`, `end`: The places of the ends of the domain, in the drawing's unit.
    init(_ values: [Double], from start: Double, to end: Double, includingZero: Bool = false) {
        let finite = values.filter(\.isFinite) + (includingZero ? [0] : [])
        let low = finite.min() ?? 0
        let high = finite.max() ?? 1
        let room = high > low ? 0.06 * (high - low) : max(abs(low) * 0.1, 1e-6)
        // Where nothing is below 0, no room is shown there.
        let floor = low >= 0 ? max(0, low - room) : low - room
        self.init(floor...high + room, from: start, to: end)
    }

    init(_ domain: ClosedRange<Double>, from start: Double, to end: Double) {
        self.domain = domain
        self.start = start
        self.end = end
    }

    /// The place of a value; beyond the domain it lies beyond the drawing.
    func place(_ value: Double) -> Double {
        let length = domain.upperBound - domain.lowerBound
        guard length > 0 else { return (start + end) / 2 }
        return start + (value - domain.lowerBound) / length * (end - start)
    }

    /// The place of the nearest value of the domain.
    func placeInside(_ value: Double) -> Double {
        place(min(max(value, domain.lowerBound), domain.upperBound))
    }

    /// About `count` round numbers within the domain, ascending.
    func ticks(_ count: Int = 5) -> [Double] {
        let length = domain.upperBound - domain.lowerBound
        guard length > 0, length.isFinite else { return [domain.lowerBound] }
        let step = Self.roundStep(length / Double(max(1, count)))
        let first = (domain.lowerBound / step).rounded(.up)
        let last = (domain.upperBound / step).rounded(.down)
        guard last >= first, last - first < 1_000 else { return [] }
        // Adding 0 turns -0 into 0.
        return stride(from: first, through: last, by: 1).map { $0 * step + 0 }
    }

    /// Decimals with which the ticks differ.
    func decimals(_ count: Int = 5) -> Int {
        let length = domain.upperBound - domain.lowerBound
        guard length > 0, length.isFinite else { return 3 }
        let step = Self.roundStep(length / Double(max(1, count)))
        return min(8, max(0, Int((-log10(step)).rounded(.up) + 1e-9)))
    }

    /// 1, 2 or 5 times a power of ten, next to a length.
    private static func roundStep(_ rough: Double) -> Double {
        let power = pow(10, floor(log10(rough)))
        let share = rough / power
        return power * (share < 1.5 ? 1 : share < 3.5 ? 2 : share < 7.5 ? 5 : 10)
    }
}

/// Places on a drawing, in the fewest digits that tell them apart.
enum Place {
    static func text(_ value: Double) -> String {
        guard value.isFinite else { return "0" }
        let tenths = (min(max(value, -1e6), 1e6) * 10).rounded()
        let whole = Int(tenths) / 10
        let rest = abs(Int(tenths) % 10)
        let sign = tenths < 0 && whole == 0 && rest > 0 ? "-" : ""
        return rest == 0 ? "\(whole)" : "\(sign)\(whole).\(rest)"
    }

    /// The points of a line, as drawings write them.
    static func line(_ points: [(x: Double, y: Double)]) -> String {
        points.map { "\(text($0.x)),\(text($0.y))" }.joined(separator: " ")
    }
}

extension HTML.StringInterpolation {
    /// A place on a drawing, in its unit.
    mutating func appendInterpolation(_ place: Double) {
        appendInterpolation(Place.text(place))
    }
}
