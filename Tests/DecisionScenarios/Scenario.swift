/// What the requests, the models and the labels of a simulated stream are like.
///
/// A request has a latent η = −1.2 + 1.3 x with x standard normal, and its label is 1 with probability σ(η). A
/// model scores σ(η + its noise), so two models with equal noise are equally good.
package struct Scenario: Sendable {
    package var name: String
    package var days = 365
    package var rowsPerDay = 200
    /// Rows of an entity share its label and the models' noise, and 0.95 of x; all are of one day.
    package var rowsPerEntity = 1
    /// A swing of the base rate over the week, of which the models know nothing: 0.3 on the logit.
    package var hasWeeklySeason = false
    package var labels = LabelArrival.gradual
    /// A shock that all rows of a day share, and of which the models know nothing.
    package var dayShock: DayShock?
    package var change: Change?
    /// The standard deviation of the champion's noise.
    package var noise = 0.5
    /// That of the shadow's; `nil` for a stream without a shadow.
    package var shadowNoise: Double? = 0.5

    package static let horizonDays = 21

    package init(_ name: String) {
        self.name = name
    }

    /// How long labels take.
    package enum LabelArrival: Sendable {
        /// Exponential, positives after 6 days in the mean, negatives after 2.
        case gradual
        /// Positives after one to three days; negatives never, which the policy `negative` turns into labels at the
        /// horizon.
        case fastPositives
    }

    /// A stationary AR(1) series on the logit.
    package struct DayShock: Sendable {
        package var correlation: Double
        package var deviation: Double

        package init(correlation: Double, deviation: Double) {
            self.correlation = correlation
            self.deviation = deviation
        }
    }

    /// From a day on the truth is σ(η·slope + shift), while the models go on as before.
    package struct Change: Sendable {
        package var day: Int
        package var shift: Double
        package var slope: Double

        package init(day: Int, shift: Double, slope: Double) {
            self.day = day
            self.shift = shift
            self.slope = slope
        }
    }

    // MARK: - Equal models

    /// Streams on which nothing happens: no decision is right.
    package static let quiet: [Scenario] = [
        Scenario("plain"), fastPositives, weekly, clustered, everything,
    ]

    package static var fastPositives: Scenario {
        var scenario = Scenario("fast positives")
        scenario.labels = .fastPositives
        return scenario
    }

    package static var weekly: Scenario {
        var scenario = Scenario("weekly season")
        scenario.hasWeeklySeason = true
        return scenario
    }

    package static var clustered: Scenario {
        var scenario = Scenario("20 rows an entity")
        scenario.rowsPerEntity = 20
        return scenario
    }

    /// All of it at once.
    package static var everything: Scenario {
        var scenario = Scenario("all three")
        scenario.labels = .fastPositives
        scenario.hasWeeklySeason = true
        scenario.rowsPerEntity = 20
        return scenario
    }

    // MARK: - A champion that becomes worse

    /// The day of a change: 120 days after a baseline of 60.
    package static let changeDay = 180

    /// Changes by how much the Brier score of 0.158 rises, with the truth that makes it so.
    package static let rises: [(rise: Double, change: Change)] = [
        (0.11, Change(day: changeDay, shift: 0.9, slope: 0.7)),
        (0.05, Change(day: changeDay, shift: 0.5, slope: 0.85)),
        (0.03, Change(day: changeDay, shift: 0.45, slope: 0.95)),
    ]

    package static func rising(_ change: Change, rowsPerDay: Int) -> Scenario {
        var scenario = Scenario("a change")
        scenario.days = changeDay + 151
        scenario.rowsPerDay = rowsPerDay
        scenario.noise = 0
        scenario.shadowNoise = nil
        scenario.change = change
        return scenario
    }
}
