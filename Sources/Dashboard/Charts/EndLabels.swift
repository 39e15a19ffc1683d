/// Names beside the ends of lines and levels, moved apart where they would overlap.
enum EndLabels {
    struct Label {
        var text: String
        var y: Double
        /// `nil` for what is no series, such as a level.
        var style: SeriesStyle?
    }

    static let distance = 15.0
    /// Characters for which there is room.
    static let mostCharacters = 13

    static func placed(_ labels: [Label], within range: ClosedRange<Double>) -> [Label] {
        var placed = labels.sorted { $0.y < $1.y }
        let places = Spread.apart(placed.map(\.y), by: distance, within: range)
        for index in placed.indices { placed[index].y = places[index] }
        return placed
    }

    /// On a narrow sheet only levels are named, above their lines: the series' names stand above the drawing.
    static func html(
        _ labels: [Label],
        within range: ClosedRange<Double>,
        on sheet: Sheet
    ) -> HTML {
        guard !sheet.isNarrow else {
            let raised = labels.filter { $0.style == nil }.map { Label(text: $0.text, y: $0.y - 6) }
            let room = (range.lowerBound + 9)...max(range.lowerBound + 9, range.upperBound - 4)
            return HTML(
                placed(raised, within: room).map { label in
                    "<text class=\"e over\" x=\"\(sheet.right - 4)\" y=\"\(label.y)\">\(label.text)</text>"
                }
            )
        }
        return HTML(
            placed(labels, within: range).map { label in
                guard let style = label.style else {
                    return
                        "<text x=\"\(sheet.right + 8)\" y=\"\(label.y + 4)\">\(label.text)</text>"
                }
                return """
                    \(style.mark(sheet.right + 12, label.y, isHollow: false))\
                    <text class="strong \(style.fill)" x="\(sheet.right + 22)" y="\(label.y + 4)">\
                    \(shortened(label.text))</text>
                    """
            }
        )
    }

    static func shortened(_ name: String, to most: Int = mostCharacters) -> String {
        name.count > most ? name.prefix(most - 1) + "…" : name
    }
}

/// Places on a line, moved apart where they are too close.
enum Spread {
    /// Moves ascending `places` apart.
    ///
    /// - Returns: Places in the same order, at least so far from each other as long as the range has room.
    static func apart(
        _ places: [Double],
        by distance: Double,
        within range: ClosedRange<Double>
    ) -> [Double] {
        var apart = places.map { min(max($0, range.lowerBound), range.upperBound) }
        for index in apart.indices.dropFirst() {
            apart[index] = max(apart[index], apart[index - 1] + distance)
        }
        var limit = range.upperBound
        for index in apart.indices.reversed() {
            apart[index] = min(apart[index], limit)
            limit = apart[index] - distance
        }
        return apart
    }
}
