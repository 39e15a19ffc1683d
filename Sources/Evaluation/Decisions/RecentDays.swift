/// How far back "recent" and "the last days" reach in every answer: four weeks, so that each day of the week counts
/// alike.
package enum RecentDays {
    package static let count = 28
}
