import Contract
import Testing

@testable import Dashboard
@testable import Evaluation

struct PageTests {
    private func windows(_ count: Int) -> [WindowReport] {
        (0..<count).map {
            let value = 0.15 + 0.001 * Double($0 * 37 % 83)
            return Examples.window(
                $0,
                MetricEstimate(
                    value,
                    .between(low: value - 0.0123, high: value + 0.0345),
                    n: 97
                ),
                name: "brier_score"
            )
        }
    }

    @Test func `the fullest pages stay below 100 KB`() {
        let days = MetricPage.mostWindows
        let models: [Name] = ["champion", "shadow-a", "shadow-b", "shadow-c", "shadow-d"]
        let slices = (0..<400).map { Slice(key: "country", value: Name("value \($0)")) }
        let page = Examples.metricPage(
            models: models.map { ($0, windows(days)) },
            days: days,
            slices: slices
        )
        expectSound(page.page, "a metric of five models by day")
        let summaries = (0..<OverviewPage.tasksAtOnce).map { index in
            var summary = TaskSummary(
                task: Examples.task(Name("a task with a long name, number \(index)")),
                models: models,
                champion: "champion"
            )
            summary.weeks = windows(TaskSummary.weeksShown)
            return summary
        }
        expectSound(OverviewPage(tasks: summaries, asOf: nil, part: 2, parts: 3).page, "overview")
    }

    @Test func `names that look like markup are text`() {
        let name = Name(Examples.hostile)
        let task = Examples.task(name)
        let slice = Slice(key: "country", value: name)
        let page = Examples.metricPage(
            task: task,
            models: [(name, windows(3)), ("b", windows(3))],
            days: 3,
            slices: [slice]
        )
        expectSound(page.page, "a metric")
        #expect(!page.page.html.text.contains("<script"))
        var summary = TaskSummary(task: task, models: [name], champion: name)
        summary.weeks = windows(3)
        let overview = OverviewPage(tasks: [summary], asOf: nil)
        expectSound(overview.page, "the overview")
        #expect(!overview.page.html.text.contains("<script"))
        let slices = SlicesPage(
            place: TaskPlace(task, asOf: nil),
            outline: Examples.outline(models: [name], champion: name, slices: [slice]),
            choice: MetricPage.Choice(metric: "brier_score", period: .all),
            slices: SliceReports(
                asOf: Examples.day(3),
                interval: Window(from: Examples.start, upTo: Examples.day(3)),
                slices: [
                    .init(
                        name: slice,
                        models: [
                            ModelReport(
                                model: name,
                                version: nil,
                                role: .champion,
                                windows: windows(1)
                            )
                        ]
                    )
                ]
            ),
            whole: nil
        )
        expectSound(slices.page, "slices")
        #expect(!slices.page.html.text.contains("<script"))
        let pairs = Examples.pairsPage(task: task, champion: name, slice: slice)
        expectSound(pairs.page, "pairs")
        #expect(!pairs.page.html.text.contains("<script"))
    }

    @Test func `what was told in several ways is said, without the command that takes it back`() {
        var page = Examples.metricPage(models: [("champion", windows(3))], days: 3)
        #expect(!page.page.html.text.contains("several ways"))
        page.whole?.contradictions = Contradictions(
            requests: ContradictionCount(scores: 1, labels: 2_000),
            uploads: [
                ContradictingUpload(id: 18, against: 17, rows: 2_000),
                ContradictingUpload(id: 19, against: 19, rows: 12),
            ],
            moreUploads: 3
        )
        expectSound(page.page, "a metric with contradictions")
        let note =
            "Told in several ways: 1 request with several scores, 2,000 requests with several labels of the "
            + "same time; upload 18 contradicts upload 17 in 2,000 rows, upload 19 contradicts itself in 12 "
            + "rows, and 3 more do.<"
        #expect(page.page.html.text.contains(note))
        #expect(!page.page.html.text.contains("withdraw"))
    }

    @Test func `what is missing is said, with what to do about it`() {
        let task = Examples.task()
        let place = TaskPlace(task, asOf: nil)
        let empty = Examples.outline(models: [], champion: nil, days: nil)
        let choice = MetricPage.Choice(metric: "brier_score", period: .day)
        let unnamed = Examples.outline(models: ["a", "b"], champion: nil)
        let alone = Examples.outline(models: ["a"], champion: "a")
        let pages: [(Page, String)] = [
            (OverviewPage(tasks: [], asOf: nil).page, "gnomon task create"),
            (
                MetricPage(place: place, outline: empty, choice: choice, report: nil, whole: nil)
                    .page, "gnomon predictions upload --task flights"
            ),
            (
                CalibrationPage(
                    place: place,
                    outline: unnamed,
                    choice: choice,
                    bins: 10,
                    report: nil
                ).page, "gnomon model role --task flights a champion"
            ),
            (
                ComparisonPage(
                    place: place,
                    outline: unnamed,
                    report: nil
                ).page, "gnomon model role --task flights a champion"
            ),
            (
                ComparisonPage(
                    place: place,
                    outline: alone,
                    report: nil
                ).page, "has no shadow"
            ),
            (
                RecommendationPage(place: place, outline: empty, answer: nil, history: nil).page,
                "gnomon predictions upload --task flights"
            ),
            (
                LabelsPage(
                    place: place,
                    report: LabelStatusReport(task: task, asOf: Examples.start),
                    rejected: 0
                ).page, "gnomon labels upload --task flights"
            ),
            (
                LabelsPage(
                    place: place,
                    report: LabelStatusReport(
                        task: task,
                        asOf: Examples.day(40),
                        rowsFrom: Examples.start
                    ),
                    rejected: 0
                ).page, "no longer keeps rows of predictions before \(Examples.start.iso8601)"
            ),
        ]
        for (page, advice) in pages {
            expectSound(page, page.title)
            #expect(page.html.text.contains(advice), "\(page.title): \(advice)")
        }
    }

    @Test func `on a page as of an instant every link within the task carries it on`() throws {
        let page = Examples.metricPage(
            models: [("champion", windows(3))],
            days: 3,
            asOf: Examples.day(40)
        )
        let read = WellFormed(page.page.html.text)
        let links = read.attributes.compactMap { $0["href"] }.filter { $0.hasPrefix("/tasks") }
        #expect(links.count > 10)
        let without = links.filter { !$0.contains("as_of=2013-02-10T00:00:00Z") }
        #expect(without.count == 1, "only the way back to the present: \(without)")
        #expect(read.text.contains("will show the same for ever"))
        let hidden = read.attributes.contains {
            $0["name"] == "as_of" && $0["value"] == "2013-02-10T00:00:00Z"
        }
        #expect(hidden, "the form carries it on")
    }

    @Test func `alarms stand first`() {
        func summary(_ name: Name, _ verdict: RecommendationVerdict?) -> TaskSummary {
            var summary = TaskSummary(task: Examples.task(name))
            summary.recommendation = verdict.map {
                GivenVerdict(
                    RecommendationRecord(
                        asOf: Examples.start,
                        isReplay: false,
                        model: "champion",
                        verdict: $0,
                        options: "",
                        inputs: "",
                        answer: ""
                    )
                )
            }
            return summary
        }
        let page = OverviewPage(
            tasks: [
                summary("a", nil), summary("b", .keep), summary("c", .promote),
                summary("d", .retrain), summary("e", .recalibrate),
            ],
            asOf: nil
        )
        #expect(page.sorted.map(\.task.name) == ["d", "e", "c", "b", "a"])
    }

    @Test func `a file of the style has another address when it changes`() {
        let one = Asset(path: "/assets/a.css", contentType: "text/css", content: "a{}")
        let two = Asset(path: "/assets/a.css", contentType: "text/css", content: "b{}")
        #expect(one.address != two.address)
        #expect(one.address == Asset(path: one.path, contentType: "", content: "a{}").address)
    }
}
