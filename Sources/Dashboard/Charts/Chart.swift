/// What can be drawn on any sheet.
protocol Chart: Sendable {
    /// Names of what is drawn, with their marks.
    var keys: [ChartKey] { get }
    /// The sheet for where there is room.
    var wideSheet: Sheet { get }

    func height(on sheet: Sheet) -> Double
    func drawing(on sheet: Sheet) -> HTML
}

extension Chart {
    var keys: [ChartKey] { [] }
    var wideSheet: Sheet { .wide }
}

/// The name of what is drawn, with the mark by which it is found.
struct ChartKey: Sendable {
    var name: String
    var mark: Mark

    enum Mark: Sendable {
        case series(SeriesStyle)
        case line
        case bars
    }

    /// Whether the drawing itself has no room for the whole name.
    var isLong: Bool { name.count > EndLabels.mostCharacters }

    var html: HTML {
        """
        <li><svg class="key" viewBox="0 0 26 12" width="26" height="12" aria-hidden="true">\(picture)\
        </svg><bdi>\(name)</bdi></li>
        """
    }

    private var picture: HTML {
        switch mark {
        case .series(let style):
            "<path class=\"line \(style.stroke)\" d=\"M1 6H25\"/>\(style.mark(13, 6, isHollow: false))"
        case .line: "<path class=\"line sa thin\" d=\"M1 6H25\"/>"
        case .bars: "<path class=\"bars\" d=\"M8 12V1H18V12z\"/>"
        }
    }
}
