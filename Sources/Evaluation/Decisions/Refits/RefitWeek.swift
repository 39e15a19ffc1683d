/// A week of a model's days, and the earlier days that the retrained shadow is fitted on for it.
///
/// A fit knows the days whose labels were all due when the week began, the newest first: at least half a year of them unless
/// they hold more than ``mostRows``, and up to three years where half a year holds little or labels take a month or more.
/// Of a day at most ``mostRowsOfDay`` rows are looked at, so that a fit is of four weeks at the least; which ones
/// depends on their prediction ids alone.
package struct RefitWeek: Sendable, Equatable {
    /// The rows of a fit, about.
    static let mostRows = 8_000
    static let mostRowsOfDay = mostRows / RecentDays.count
    /// With fewer rows in half a year, older days are taken in too.
    private static let fewRows = 1_000
    /// A year's blocks of evidence.
    private static let leastRowsJudged = RiskTrack.horizonBlocks * EvidenceBlocks.leastRows
    private static let longHorizon: Int64 = 30 * 86_400
    private static let usualReach: Int32 = 180
    private static let longestReach: Int32 = 3 * 365

    /// The local dates of its first day and of the day after its last.
    package let dates: Range<Int32>
    /// The days that the model is fitted on, the newest first.
    let fitted: ArraySlice<RefitDay>
    /// The days on which it is judged, in event order.
    let judged: ArraySlice<RefitDay>
    /// Of all that the judgement rests on.
    package let mark: RefitMark

    /// The local dates of all its days.
    package var needed: Set<Int32> { Set((fitted + judged).map(\.number)) }

    /// Rows of days that are not among some dates.
    package func rows(besides dates: Set<Int32>) -> Int {
        (fitted + judged).filter { !dates.contains($0.number) }
            .reduce(0) { $0 + min($1.rows, Self.mostRowsOfDay) }
    }

    /// The weeks, from Monday on, whose labels were all due by an instant.
    ///
    /// - Parameters:
    ///   - days: Matured days with labels, in event order.
    ///   - model: The number of the model.
    ///   - horizonSeconds: Of the labels.
    ///   - buckets: The time buckets of the task.
    ///   - present: The instant. Judged are the year of the newest day and the year before, and as many years before these as
    ///     it takes to hold ``leastRowsJudged`` rows.
    /// - Returns: The weeks that have days.
    package static func weeks(
        _ days: [RefitDay],
        of model: Int32,
        horizonSeconds: Int64,
        _ buckets: TimeBuckets,
        present: Instant
    ) -> [RefitWeek] {
        let judged = days[judgedFrom(days)...]
        var weeks: [RefitWeek] = []
        var start = judged.startIndex
        while start < judged.endIndex {
            let monday = monday(of: judged[start].number)
            let end =
                judged[start...].firstIndex { $0.number >= monday + 7 } ?? judged.endIndex
            let begin = Instant(seconds: buckets.startOfDay(monday))
            let due = Instant(seconds: buckets.startOfDay(monday + 7))
                .advanced(bySeconds: horizonSeconds)
            if due <= present {
                let known = days[..<start].reversed().drop { $0.knownAt > begin }
                weeks.append(
                    RefitWeek(
                        dates: monday..<monday + 7,
                        fitted: reach(known, before: monday, horizonSeconds),
                        judged: judged[start..<end],
                        model: model,
                        horizonSeconds: horizonSeconds
                    )
                )
            }
            start = end
        }
        return weeks
    }

    /// The place of the first day that is judged: of the first week that begins in a year, so that it stays for a year.
    private static func judgedFrom(_ days: [RefitDay]) -> Int {
        guard let newest = days.last else { return 0 }
        var year = CivilDate(day: monday(of: newest.number)).year - 1
        var rows = 0
        for (place, day) in days.enumerated().reversed() {
            let dayYear = CivilDate(day: monday(of: day.number)).year
            if dayYear < year {
                if rows >= leastRowsJudged { return place + 1 }
                year = dayYear
            }
            rows += day.rows
        }
        return 0
    }

    private init(
        dates: Range<Int32>,
        fitted: ArraySlice<RefitDay>,
        judged: ArraySlice<RefitDay>,
        model: Int32,
        horizonSeconds: Int64
    ) {
        self.dates = dates
        self.fitted = fitted
        self.judged = judged
        var mark = RefitMark()
        mark.add(Int64(model))
        mark.add(horizonSeconds)
        for day in fitted + judged { mark.add(day.mark) }
        self.mark = mark
    }

    /// 1970-01-05 was a Monday.
    private static func monday(of date: Int32) -> Int32 {
        let days = (date - 4) % 7
        return date - (days < 0 ? days + 7 : days)
    }

    /// The newest of some days that a fit takes in.
    private static func reach(
        _ known: some Sequence<RefitDay>,
        before date: Int32,
        _ horizonSeconds: Int64
    ) -> ArraySlice<RefitDay> {
        var days: [RefitDay] = []
        var rows = 0
        for day in known {
            let age = date - day.number
            let isEnough = rows >= fewRows && horizonSeconds < longHorizon
            if rows >= mostRows || age > longestReach || age > usualReach && isEnough { break }
            days.append(day)
            rows += min(day.rows, mostRowsOfDay)
        }
        return days[...]
    }
}
