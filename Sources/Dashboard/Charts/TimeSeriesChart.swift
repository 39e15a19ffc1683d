import Evaluation

/// A metric of several models over time, with intervals, what is known of the labels, and what happened.
struct TimeSeriesChart: Chart {
    struct Point: Sendable {
        var start: Instant
        var end: Instant
        var value: Double?
        var low: Double?
        var high: Double?
        var isYoung: Bool
        var coverage: Double?
        /// What the window is called.
        var name: String
        /// The point in words.
        var text: String
        var address: PageAddress?
    }

    struct Series: Sendable {
        var name: String
        var points: [Point]
    }

    struct Flag: Sendable {
        var at: Instant
        var text: String
    }

    var id: String
    var valueTitle: String
    var series: [Series]
    var flags: [Flag]
    var interval: Window
    var buckets: TimeBuckets

    private static let top = 48.0
    private static let bottom = 270.0
    private static let stripTop = 294.0
    private static let stripBottom = 324.0

    /// Points that can be reached with the keyboard.
    static let linkedPoints = 60
    /// Beyond so many points, a line has no marks.
    private static let markedPoints = 90

    private func plot(_ sheet: Sheet) -> Plot {
        Plot(
            sheet,
            top: Self.top,
            bottom: Self.bottom,
            y: Scale(domainValues, from: Self.bottom, to: Self.top),
            over: interval,
            buckets: buckets
        )
    }

    /// Wide intervals of thin windows are cut off rather than all else made flat.
    private var domainValues: [Double] {
        let points = series.flatMap(\.points)
        let values = points.compactMap(\.value).filter(\.isFinite)
        guard let low = values.min(), let high = values.max() else { return [] }
        let room = max(high - low, 0.02 * max(abs(low), abs(high)))
        let limits = points.compactMap(\.low) + points.compactMap(\.high)
        let floor = low >= 0 ? max(0, low - 0.6 * room) : low - 0.6 * room
        return values + limits.filter(\.isFinite).map { min(max($0, floor), high + 0.6 * room) }
    }

    // MARK: - Drawing

    private var styled: [(style: SeriesStyle, of: Series)] {
        series.enumerated().map { (style: SeriesStyle(index: $0.offset), of: $0.element) }
    }

    var keys: [ChartKey] {
        styled.map { ChartKey(name: $0.of.name, mark: .series($0.style)) }
    }

    func height(on sheet: Sheet) -> Double { Self.stripBottom + 28 }

    func drawing(on sheet: Sheet) -> HTML {
        let plot = plot(sheet)
        let hatch: HTML = """
            <defs><pattern id="\(sheet.id(id, "hatch"))" width="7" height="7" patternUnits="userSpaceOnUse" \
            patternTransform="rotate(45)"><path class="hatch" d="M0 0V7"/></pattern></defs>
            """
        let styled = styled
        let isDense = series.contains { $0.points.count > Self.markedPoints }
        let areas = styled.prefix(isDense && styled.count > 2 ? 1 : styled.count).map {
            area($0.of, $0.style, plot)
        }
        let lines = styled.map { line($0.of, $0.style, plot) }
        return HTML([
            hatch, young(plot), plot.valueAxis(valueTitle),
            plot.clipped(id, HTML(areas + lines)), plot.flags(flags.map(\.at)),
            plot.names(labels(styled, plot)), strip(plot), plot.timeAxis(below: Self.stripBottom),
        ])
    }

    /// Windows whose labels are still out, taken together.
    private func young(_ plot: Plot) -> HTML {
        var runs: [(start: Instant, end: Instant)] = []
        for point in (series.first?.points ?? []) where point.isYoung {
            if let last = runs.last, last.end == point.start {
                runs[runs.count - 1].end = point.end
            } else {
                runs.append((point.start, point.end))
            }
        }
        return HTML(
            runs.map { run in
                let (x, end) = (plot.time.place(run.start), plot.time.place(run.end))
                return """
                    <rect x="\(x)" y="\(Self.top)" width="\(max(1, end - x))" \
                    height="\(Self.bottom - Self.top)" fill="url(#\(plot.sheet.id(id, "hatch")))" opacity=".45"/>\
                    <text class="e over" x="\(end - 4)" y="\(Self.top + 13)">young</text>
                    """
            }
        )
    }

    /// Neighbouring points that have what is asked for.
    private func runs<Value>(
        _ series: Series,
        _ value: (Point) -> Value?
    ) -> [[(point: Point, value: Value)]] {
        var runs: [[(point: Point, value: Value)]] = [[]]
        for point in series.points {
            if let value = value(point) {
                runs[runs.count - 1].append((point, value))
            } else if !runs[runs.count - 1].isEmpty {
                runs.append([])
            }
        }
        return runs.filter { !$0.isEmpty }
    }

    private func area(_ series: Series, _ style: SeriesStyle, _ plot: Plot) -> HTML {
        let runs = runs(series) { point -> (low: Double, high: Double)? in
            guard let low = point.low, let high = point.high, low.isFinite, high.isFinite else {
                return nil
            }
            return (low, high)
        }
        return HTML(
            runs.map { run in
                if run.count == 1 {
                    let x = plot.time.middle(run[0].point.start, run[0].point.end)
                    let (low, high) = (
                        plot.y.placeInside(run[0].value.low),
                        plot.y.placeInside(run[0].value.high)
                    )
                    return """
                        <line class="whisker \(style.stroke)" x1="\(x)" x2="\(x)" y1="\(low)" y2="\(high)"/>
                        """
                }
                let upper = run.map {
                    (
                        x: plot.time.middle($0.point.start, $0.point.end),
                        y: plot.y.placeInside($0.value.high)
                    )
                }
                let lower = run.reversed().map {
                    (
                        x: plot.time.middle($0.point.start, $0.point.end),
                        y: plot.y.placeInside($0.value.low)
                    )
                }
                return
                    "<path class=\"area \(style.fill)\" d=\"\(Place.path(upper + lower))z\"/>"
            }
        )
    }

    private func line(_ series: Series, _ style: SeriesStyle, _ plot: Plot) -> HTML {
        let runs = runs(series) { $0.value.flatMap { $0.isFinite ? $0 : nil } }
        let hasMarks = series.points.count <= Self.markedPoints
        return HTML(
            runs.map { run in
                let places = run.map {
                    (x: plot.time.middle($0.point.start, $0.point.end), y: plot.y.place($0.value))
                }
                let line: HTML = """
                    <path class="line \(style.stroke)" d="\(Place.path(places))"/>
                    """
                let marks = zip(run, places).compactMap { entry, place -> HTML? in
                    guard hasMarks || run.count == 1 else { return nil }
                    return style.mark(place.x, place.y, isHollow: entry.point.isYoung)
                }
                return run.count > 1 ? "\(line)\(marks)" : "\(marks)"
            }
        )
    }

    private func labels(_ styled: [(style: SeriesStyle, of: Series)], _ plot: Plot)
        -> [EndLabels.Label?]
    {
        styled.map { style, series in
            guard let value = series.points.last(where: { $0.value != nil })?.value else {
                return nil
            }
            return EndLabels.Label(text: series.name, y: plot.y.place(value), style: style)
        }
    }

    /// How much is known of each window of the first model.
    private func strip(_ plot: Plot) -> HTML {
        let height = Self.stripBottom - Self.stripTop
        let bars = Bars(base: Self.stripBottom).path(
            (series.first?.points ?? []).map { point in
                (
                    start: plot.time.place(point.start), end: plot.time.place(point.end),
                    top: Self.stripBottom - height * min(1, max(0, point.coverage ?? 0))
                )
            }
        )
        let sheet = plot.sheet
        let name: HTML =
            sheet.isNarrow
            ? "<text x=\"\(sheet.left)\" y=\"\(Self.stripTop - 6)\">Labels known</text>"
            : "<text x=\"\(sheet.right + 8)\" y=\"\(Self.stripTop + 19)\">labels known</text>"
        return """
            <text class="e" x="\(sheet.left - 7)" y="\(Self.stripTop + 9)">100 %</text>\
            <text class="e" x="\(sheet.left - 7)" y="\(Self.stripBottom + 1)">0</text>\
            <rect class="room" x="\(sheet.left)" y="\(Self.stripTop)" width="\(sheet.right - sheet.left)" \
            height="\(height)"/><path class="bars" d="\(bars)"/>\(name)
            """
    }

    // MARK: - Links

    /// Over the wide drawing; on a phone they would be too close to be hit.
    var links: HTML {
        let plot = plot(.wide)
        let share = Self.linkedPoints / max(1, series.count)
        return HTML(
            series.flatMap { series in
                series.points.filter { $0.value != nil && $0.address != nil }.suffix(share)
                    .compactMap { point -> HTML? in
                        guard let value = point.value, let address = point.address else {
                            return nil
                        }
                        let x = plot.time.middle(point.start, point.end)
                        return """
                            <a href="\(address.text)" aria-label="\(series.name) \(point.name)">\
                            <title>\(point.text)</title>\
                            <circle class="halo" cx="\(x)" cy="\(plot.y.placeInside(value))" r="8"/></a>
                            """
                    }
            }
        )
    }
}
