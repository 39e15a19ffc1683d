/// How far off a loss or a label may lie to count in full: three times as far as 99 % of all earlier ones.
///
/// It is taken anew whenever a twentieth more rows have come, and known from 100 rows on.
enum FarthestCounted {
    static let covered = 0.99
    static let times = 3.0
    static let growth = 0.05
    static let leastRows = 100.0
}
