import Foundation

/// A line from values to places on a drawing.
struct Scale: Sendable, Equatable {
    let domain: ClosedRange<Double>
    let start: Double
    let end: Double

    /// - Parameters:
    ///   - values: What must have a place; a domain without any, or of one value, gets some room.
    ///   - start: The place of the lower end of the domain, in the drawing's unit.
    ///   - end: That of its upper end.
    ///   - includingZero: Whether 0 must have a place as well.
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
    static func text(_ value: Double) -> String { text(tenths: tenths(value), isShort: false) }

    /// A line through points, as the data of a path: each point but the first by its way from the one before,
    /// which takes fewer digits.
    static func path(_ points: [(x: Double, y: Double)]) -> String {
        var path = ""
        var last = (x: 0, y: 0)
        for (index, point) in points.enumerated() {
            let here = (x: tenths(point.x), y: tenths(point.y))
            let (x, y) = (here.x - last.x, here.y - last.y)
            path += index == 0 ? "M" : index == 1 ? "l" : x < 0 ? "" : " "
            path += text(tenths: x, isShort: true)
            path += (y < 0 ? "" : " ") + text(tenths: y, isShort: true)
            last = here
        }
        return path
    }

    private static func tenths(_ value: Double) -> Int {
        guard value.isFinite else { return 0 }
        return Int((min(max(value, -1e6), 1e6) * 10).rounded())
    }

    /// A number of tenths in text; where `isShort`, without a 0 before the point.
    private static func text(tenths: Int, isShort: Bool) -> String {
        let (whole, rest) = (abs(tenths) / 10, abs(tenths) % 10)
        let sign = tenths < 0 ? "-" : ""
        guard rest > 0 else { return "\(sign)\(whole)" }
        return whole == 0 && isShort ? "\(sign).\(rest)" : "\(sign)\(whole).\(rest)"
    }
}

extension HTML.StringInterpolation {
    /// A place on a drawing, in its unit.
    mutating func appendInterpolation(_ place: Double) {
        appendInterpolation(Place.text(place))
    }
}
