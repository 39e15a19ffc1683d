/// Bars over stretches of a line; thin ones touch each other.
struct Bars: Sendable {
    /// Where they stand.
    var base: Double

    typealias Bar = (start: Double, end: Double, top: Double)

    /// Between bars that are wide enough for it.
    private static let gap = 1.0

    /// - Parameter bars: From left to right.
    /// - Returns: The data of a path around them; bars that touch share it, and those of one height a line.
    func path(_ bars: [Bar]) -> String {
        var path = ""
        var last: Bar?
        for bar in bars {
            let isThin = bar.end - bar.start < 4 * Self.gap
            if isThin, let before = last, bar.start - before.end < 0.05 {
                if Place.text(bar.top) != Place.text(before.top) {
                    path += "H\(Place.text(bar.start))V\(Place.text(bar.top))"
                }
                last = bar
                continue
            }
            if let last { path += close(last) }
            path += "M\(Place.text(bar.start)) \(Place.text(base))V\(Place.text(bar.top))"
            last = isThin ? bar : (bar.start, bar.end - Self.gap, bar.top)
        }
        return last.map { path + close($0) } ?? path
    }

    private func close(_ bar: Bar) -> String {
        "H\(Place.text(max(bar.start + 0.5, bar.end)))V\(Place.text(base))"
    }
}
