/// How the share of known labels grows with the time after a prediction.
package struct DelayCurve: Sendable, Equatable {
    package struct Point: Sendable, Equatable {
        package var hours: Double
        package var share: Double

        package init(hours: Double, share: Double) {
            self.hours = hours
            self.share = share
        }
    }

    /// `all`, or the class.
    package var name: Name
    /// What the shares are of: predictions, or labels of the class.
    package var n: Int
    package var points: [Point]

    package init(name: Name, n: Int, points: [Point]) {
        self.name = name
        self.n = n
        self.points = points
    }
}

/// Collects delays of predictions whose horizon has passed.
package struct DelayCurveBuilder: Sendable {
    private let task: PredictionTask
    private var hours: [Double: [Double]] = [:]
    private var unlabelled = 0

    package init(task: PredictionTask) {
        self.task = task
    }

    package mutating func addUnlabelled() { unlabelled += 1 }

    /// A label that was observed before its prediction was made was known at once.
    package mutating func add(hours delay: Double, label: Double) {
        hours[task.kind.has(.classes) ? label : 0, default: []].append(max(0, delay))
    }

    /// Points of a curve.
    private static let count = 72
    /// The curves end where so many of the labels are known, and the rest would be a long flat tail.
    private static let shown = 0.995
    /// How much further than that a curve is drawn.
    private static let margin = 1.1
    /// A minute: a curve whose labels come at once is still one.
    private static let shortest = 1.0 / 60

    package var curves: [DelayCurve] {
        let all = hours.values.flatMap { $0 }.sorted()
        guard let last = all.last else { return [] }
        let long = all[min(all.count - 1, Int(Self.shown * Double(all.count)))]
        let end = max(min(Self.margin * long, last), Self.shortest)
        var curves = [curve("all", all, of: all.count + unlabelled, end)]
        guard task.kind.has(.classes) else { return curves }
        for (label, delays) in hours.sorted(by: { $0.key < $1.key })
        where task.classes.indices.contains(Int(label)) {
            curves.append(curve(task.classes[Int(label)], delays.sorted(), of: delays.count, end))
        }
        return curves
    }

    private func curve(_ name: Name, _ sorted: [Double], of n: Int, _ end: Double) -> DelayCurve {
        var known = 0
        let points = (0...Self.count).map { step in
            let hours = end * Double(step) / Double(Self.count)
            while known < sorted.count, sorted[known] <= hours { known += 1 }
            return DelayCurve.Point(hours: hours, share: Double(known) / Double(max(1, n)))
        }
        return DelayCurve(name: name, n: n, points: points)
    }
}
