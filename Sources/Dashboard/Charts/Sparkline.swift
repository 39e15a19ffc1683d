/// A metric over time as a line among words: its shape, not its numbers.
package struct Sparkline: Sendable, Equatable {
    package var values: [Double?]
    /// From this index on labels are still out.
    package var youngFrom: Int?
    package var description: String

    package init(values: [Double?], youngFrom: Int?, description: String) {
        self.values = values
        self.youngFrom = youngFrom
        self.description = description
    }

    private static let width = 168.0
    private static let height = 36.0

    package var svg: HTML {
        let known = values.enumerated().compactMap { index, value in
            value.flatMap { $0.isFinite ? (index: index, value: $0) : nil }
        }
        guard let last = known.last else {
            return "<span class=\"soft small\">no labels yet</span>"
        }
        let y = Scale(known.map(\.value), from: Self.height - 4, to: 4)
        let x = Scale(
            0...Double(max(1, values.count - 1)),
            from: 4,
            to: Self.width - 5
        )
        var runs: [[(x: Double, y: Double)]] = [[]]
        for (index, value) in values.enumerated() {
            if let value, value.isFinite {
                runs[runs.count - 1].append((x.place(Double(index)), y.place(value)))
            } else if runs[runs.count - 1].isEmpty == false {
                runs.append([])
            }
        }
        let lines = runs.filter { $0.count > 1 }.map { run -> HTML in
            "<path class=\"line sa\" d=\"\(Place.path(run))\"/>"
        }
        var young: HTML = .empty
        if let youngFrom, youngFrom < values.count {
            let start = x.place(max(0, Double(youngFrom) - 0.5))
            young = """
                <rect class="room" x="\(start)" y="0" width="\(Self.width - start)" height="36"/>
                """
        }
        let end: HTML = """
            <circle class="fa" cx="\(x.place(Double(last.index)))" cy="\(y.place(last.value))" r="3"/>
            """
        return """
            <svg viewBox="0 0 168 36" width="168" height="36" role="img" \
            aria-label="\(description)">\(young)\(lines)\(end)</svg>
            """
    }
}
