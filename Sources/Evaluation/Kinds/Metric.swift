/// A number that says how good a model is.
package struct Metric: Sendable, Hashable {
    /// In JSON, and where it is asked for.
    package let name: String
    /// In tables.
    package let title: String
    package let better: Side
    /// Its place among those that a report shows unless it is asked for others; `nil` where it is none of them.
    package let usualPlace: Int?
    package let needs: Source
    /// What it says, without a full stop.
    package let meaning: String

    package enum Side: String, Sendable {
        case higher
        case lower
        case neither
    }

    /// The least that a metric can be worked out from.
    package enum Source: Sendable {
        /// The totals of cells, exactly.
        case totals
        /// The histogram of cells; rows, where they are at hand.
        case histogram
        /// The same requests for two models.
        case pairs
    }

    /// A title that is left out is the name in words.
    init(
        _ name: String,
        title: String? = nil,
        better: Side,
        usual: Int? = nil,
        needs: Source,
        _ meaning: String
    ) {
        self.name = name
        self.title = title ?? name.replacing("_", with: " ")
        self.better = better
        usualPlace = usual
        self.needs = needs
        self.meaning = meaning
    }

    /// The metric of a loss by which models are compared.
    init(
        _ loss: PairedLoss,
        title: String? = nil,
        better: Side = .lower,
        usual: Int? = nil,
        needs: Source = .totals,
        _ meaning: String
    ) {
        self.init(
            loss.metricName,
            title: title,
            better: better,
            usual: usual,
            needs: needs,
            meaning
        )
    }

    private static let byName = Dictionary(
        TaskKind.open.flatMap(\.metrics).map { ($0.name, $0) }
    ) { first, _ in first }

    /// The metric of a name, which means the same for every kind of task.
    package static func named(_ name: String) -> Metric? { byName[name] }
}
