import Testing

@testable import Dashboard
@testable import Evaluation

struct FigureTests {
    private func estimates(_ values: [Double?]) -> [WindowReport] {
        values.enumerated().map { index, value in
            Examples.window(
                index,
                value.map {
                    MetricEstimate(
                        $0,
                        .between(low: $0 - 0.01, high: $0 + 0.01),
                        n: index % 5 == 4 ? 60 : 100
                    )
                } ?? .undefined(n: 0, .noLabels),
                name: "brier_score"
            )
        }
    }

    @Test(
        arguments: [
            [nil], [0.2], [0.2, 0.2, 0.2], [0.1, nil, 0.3, nil, nil, 0.2], [0, 0, 0], [1e-9, 1e9],
            [-3, 4], [nil, 0.5],
        ] as [[Double?]]
    )
    func `a metric over time is drawn whatever its values are`(values: [Double?]) throws {
        let page = Examples.metricPage(
            models: [("champion", estimates(values)), ("shadow", estimates(values.reversed()))],
            days: values.count
        )
        expectSound(try #require(page.figure), "\(values)")
        expectSound(page.page, "\(values)")
    }

    @Test func `without a window there is no drawing, and the page says what to do`() {
        let page = Examples.metricPage(models: [("champion", [])], days: 1)
        #expect(page.figure == nil)
        #expect(page.page.html.text.contains("Nothing in this interval"))
        expectSound(page.page, "nothing")
    }

    @Test func `at most 60 points can be reached with the keyboard, and all are in the numbers`()
        throws
    {
        let many = estimates((0..<200).map { 0.2 + Double($0 % 7) / 100 })
        let page = Examples.metricPage(models: [("a", many), ("b", many), ("c", many)], days: 200)
        let figure = try #require(page.figure)
        let read = WellFormed("<svg>\(figure.links.text)</svg>")
        #expect(read.count("a") == 60)
        #expect(figure.numbers.rows.count == 600)
        #expect(figure.numbers.csv.split(separator: "\n").count == 601)
    }

    @Test func `young windows are hatched, hollow and called young`() throws {
        let page = Examples.metricPage(
            models: [("champion", estimates([0.2, 0.2, 0.2, 0.2, 0.3]))],
            days: 5
        )
        let drawing = try #require(page.figure).wide.content.text
        #expect(drawing.contains("url(#metric-hatch)"))
        #expect(drawing.contains(">young</text>"))
        #expect(drawing.contains("hollow"))
    }

    @Test func `points lead to the rows behind them, as of the same instant`() throws {
        let page = Examples.metricPage(
            models: [("champion", estimates([0.2]))],
            days: 1,
            slices: [Slice(key: "country", value: "D&E")],
            asOf: Examples.day(40)
        )
        let links = try #require(page.figure).links.text
        let address =
            "/tasks/flights/rows?from=2013-01-01T00:00:00Z&amp;to=2013-01-02T00:00:00Z&amp;model=champion"
            + "&amp;slice=country%3DD%26E&amp;as_of=2013-02-10T00:00:00Z"
        #expect(links.contains(address), "\(links)")
    }

    @Test(arguments: [0, 1, 2, 10])
    func `reliability is drawn for any number of bins`(count: Int) {
        let bins = (0..<count).map { index in
            let low = Double(index) / Double(max(1, count))
            return ReliabilityBin(
                low: low,
                high: low + 1 / Double(max(1, count)),
                n: index == 0 ? 1 : 1_000_000,
                meanScore: low,
                observed: index % 2 == 0 ? 0 : 1,
                observedLow: 0,
                observedHigh: 1,
                consistentLow: 0,
                consistentHigh: 1
            )
        }
        let task = Examples.task()
        let page = CalibrationPage(
            place: TaskPlace(task, asOf: nil),
            outline: Examples.outline(),
            choice: MetricPage.Choice(metric: "brier_score", period: .all),
            bins: 10,
            report: CalibrationReport(
                task: task,
                model: "champion",
                asOf: Examples.day(3),
                window: Examples.window(0, .undefined(n: 0, .noLabels), name: "brier_score"),
                bins: bins
            )
        )
        if let figure = page.figure { expectSound(figure, "\(count) bins") }
        #expect((page.figure == nil) == (count == 0))
        expectSound(page.page, "\(count) bins")
    }

    @Test(arguments: [0, 1, 25, 300])
    func `a confidence sequence is drawn from its first interval on`(count: Int) throws {
        let points = (0..<count).map { index in
            let radius: Double? = index < 20 ? nil : 1 / Double(index)
            return GainPoint(
                start: Examples.day(index),
                end: Examples.day(index + 1),
                knownAt: Examples.day(index + 3),
                pairs: 10,
                mean: 0.001,
                low: radius.map { 0.001 - $0 },
                high: radius.map { 0.001 + $0 }
            )
        }
        let chart = ConfidenceSequenceChart(
            id: "gain",
            points: points,
            minimumGain: 0.002,
            flags: [],
            buckets: TimeBuckets(.utc, size: .day)
        )
        expectSound(chart)
    }

    @Test(arguments: [0, 1, 2, 40])
    func `the watch is drawn with and without a baseline`(count: Int) throws {
        let buckets = TimeBuckets(.utc, size: .day)
        for isWhole in [true, false] {
            let history = RiskHistory(
                ageSeconds: 86_400,
                isRelative: isWhole,
                baselineRisk: isWhole ? 0.2 : nil,
                riskBound: isWhole ? 0.22 : nil,
                logThreshold: isWhole ? 9.1 : nil,
                blocks: (0..<count).map {
                    RiskHistory.Block(
                        start: Examples.day($0),
                        end: Examples.day($0 + 1),
                        rows: 10,
                        risk: 0.2,
                        bound: isWhole && $0 > 10 ? 0.22 : nil,
                        logEvidence: isWhole && $0 > 10 ? Double($0) : nil
                    )
                }
            )
            let risk = RiskChart(
                id: "risk",
                valueTitle: "Brier",
                history: history,
                flags: [],
                buckets: buckets
            )
            let evidence = EvidenceChart(
                id: "evidence",
                histories: [history],
                names: [Examples.hostile],
                buckets: buckets
            )
            expectSound(risk)
            expectSound(evidence)
        }
    }

    @Test func `names beside lines are moved apart and stay within the field`() {
        let style = SeriesStyle(index: 0)
        let labels = [100.0, 101, 102, 103].map {
            EndLabels.Label(text: "\($0)", y: $0, style: style)
        }
        let placed = EndLabels.placed(labels, within: 0...110)
        for (one, next) in zip(placed, placed.dropFirst()) {
            #expect(next.y - one.y >= EndLabels.distance - 1e-9)
        }
        #expect((placed.last?.y ?? 0) <= 110)
        let far = [20.0, 100, 101].map { EndLabels.Label(text: "\($0)", y: $0, style: style) }
        #expect(EndLabels.placed(far, within: 0...110).map(\.y) == [20, 95, 110])
    }

    @Test func `flags of the same instant stand beside each other, with their numbers in order`()
        throws
    {
        let buckets = TimeBuckets(.utc, size: .day)
        let plot = Plot(
            .narrow,
            top: 48,
            bottom: 200,
            y: Scale(0...1, from: 200, to: 48),
            over: Window(from: Examples.start, upTo: Examples.day(10)),
            buckets: buckets
        )
        let read = WellFormed("<svg>\(plot.flags([Examples.day(10), Examples.day(10)]).text)</svg>")
        let places = read.attributes.compactMap { $0["cx"] }.compactMap(Double.init)
        #expect(places == [Sheet.narrow.right - 18, Sheet.narrow.right])
        #expect(read.text.filter(\.isNumber) == "12")
    }

    @Test(arguments: [Sheet.wide, .narrow])
    func `dates do not overlap, and end within the sheet`(sheet: Sheet) {
        let ticks = (0..<30).map { (x: sheet.left + 20 * Double($0), text: "18 Mar 2013") }
            .filter { $0.x <= sheet.right }
        let read = WellFormed("<svg>\(AxisTicks(sheet: sheet).html(ticks, below: 100).text)</svg>")
        let texts = read.attributes.filter { $0["class"] == "m" }
            .compactMap { $0["x"].flatMap(Double.init) }
        #expect(texts.count > 2 && texts.count < ticks.count)
        for (one, next) in zip(texts, texts.dropFirst()) { #expect(next - one > 72) }
        #expect((texts.last ?? 0) + 36 <= sheet.width)
        #expect(read.attributes.count { $0["class"] == "axis" } == ticks.count + 1)
    }

    @Test(
        arguments: [
            ("country", "DE", "country=DE"),
            ("country_of_customer", "Luxembourg", "country_of…=Luxembourg"),
            ("key", "Bosnia and Herzegovina", "Bosnia and Herzegovina"),
            ("key", "Saint Vincent and the Grenadines", "Saint Vincent and the…"),
        ]
    )
    func `of the name of a slice the value is kept`(key: String, value: String, shown: String) {
        let row = SliceChart.Row(key: key, value: value, estimates: [])
        #expect(row.name(to: 22) == shown)
    }

    @Test func `long names stand whole above the drawing`() throws {
        let name: Name = "gradient-boosting-with-weather"
        let short = Examples.metricPage(models: [("a", estimates([0.2, 0.3]))], days: 2)
        let long = Examples.metricPage(models: [(name, estimates([0.2, 0.3]))], days: 2)
        #expect(try #require(short.figure).html.text.contains("<ul class=\"keys narrow\">"))
        #expect(try #require(long.figure).html.text.contains("<ul class=\"keys\">"))
        #expect(try #require(long.figure).html.text.contains("<bdi>\(name)</bdi>"))
        #expect(try #require(long.figure).wide.content.text.contains("gradient-boo…</text>"))
    }

    @Test func `titles of files are broken between words`() {
        let title =
            "Reliability of gradient-boosting-with-weather-and-holidays, 2013-03-14 to 2013-12-31"
        let lines = Figure.lines(title, in: 560)
        #expect(lines.count == 2)
        #expect(lines.joined(separator: " ") == title)
        #expect(Figure.lines("short", in: 560) == ["short"])
    }

    @Test func `a file has colours of its own, and says what it is about`() throws {
        let page = Examples.metricPage(
            models: [("champion", estimates([0.2, 0.3]))],
            days: 2,
            slices: [Slice(key: "country", value: "DE")]
        )
        let file = try #require(page.figure).svg.text
        #expect(!file.contains("var("))
        #expect(file.contains("flights, country=DE, as known at 2014-02-05T00:00:00Z</text>"))
    }
}
