/// A day in the time zone of a task: the block of evidence, also where cohorts are hours.
package struct LocalDay: Sendable, Equatable {
    package var start: Instant
    package var end: Instant
    /// When its youngest cohort had reached the age; before that, a day is not whole.
    package var knownAt: Instant

    /// Cohorts of one age by day, in event order.
    package static func group(
        _ cohorts: [FrozenCohort],
        age: Int64,
        _ buckets: TimeBuckets
    ) -> [(day: LocalDay, cohorts: [FrozenCohort])] {
        var groups: [(number: Int32, cohorts: [FrozenCohort])] = []
        for cohort in cohorts where cohort.age == age {
            let number = buckets.localDay(of: cohort.bucketStart)
            if groups.last?.number == number {
                groups[groups.count - 1].cohorts.append(cohort)
            } else {
                groups.append((number, [cohort]))
            }
        }
        return groups.map { number, cohorts in
            let end = Instant(seconds: buckets.startOfDay(number + 1))
            let day = LocalDay(
                start: Instant(seconds: buckets.startOfDay(number)),
                end: end,
                knownAt: end.advanced(bySeconds: age)
            )
            return (day, cohorts)
        }
    }
}
