package import Evaluation

/// What correcting a champion's scores or training it anew would have won, as a table.
package struct RetrainingTable: Sendable {
    private let value: RetrainingValue

    package init(_ value: RetrainingValue) {
        self.value = value
    }

    package static let title = "Would retraining pay?"

    /// How to read the table.
    package static let reading = """
        Both could have been in use: each day's forecasts know earlier days alone, whose labels were all due. The retrained one is \
        a small model, fitted anew every week on the champion's score, the logged features and the slices; a larger one may \
        win more. It is for advice, and cannot be promoted.
        """

    package var table: TextTable {
        var table = TextTable([
            .left("champion", repeated: true), .right("blocks"), .right("gain"), .right("95 %"),
            .right("of its loss"), .left("evidence"), .left("pays since"), .right("won back"),
            .left("fit"),
        ])
        for (name, virtual) in rows {
            table.add([
                TextTable.Cell(name),
                TextTable.Cell(NumberText.count(virtual.blocks)),
                TextTable.Cell(virtual.gain.map(NumberText.told) ?? NumberText.none),
                TextTable.Cell(
                    Self.span(virtual.gainLow, virtual.gainHigh, NumberText.told) ?? NumberText.none
                ),
                TextTable.Cell(Self.share(virtual)),
                TextTable.Cell(Self.evidence(virtual)),
                TextTable.Cell(virtual.paysSince?.iso8601 ?? NumberText.none),
                TextTable.Cell(Self.wonBack(virtual)),
                TextTable.Cell(Self.fit(virtual)),
            ])
        }
        return table
    }

    /// The virtual shadows by name, those that there are.
    package var rows: [(name: String, virtual: RetrainingValue.Virtual)] {
        [("recalibrated", value.recalibrated), ("retrained", value.retrained)]
            .compactMap { name, virtual in virtual.map { (name, $0) } }
    }

    private static func evidence(_ virtual: RetrainingValue.Virtual) -> String {
        virtual.logEvidence.map {
            "\(NumberText.told($0)) of \(NumberText.told(virtual.logThreshold))"
        } ?? NumberText.none
    }

    /// The gain as a share of the champion's loss.
    package static func share(_ virtual: RetrainingValue.Virtual) -> String {
        guard let gain = virtual.gain, let loss = virtual.loss, loss > 0 else {
            return NumberText.none
        }
        return NumberText.percent(gain / loss)
    }

    /// The share of the excess, with what cannot be ruled out.
    package static func wonBack(_ virtual: RetrainingValue.Virtual) -> String {
        guard let share = virtual.wonBack else { return NumberText.none }
        let interval = span(virtual.wonBackLow, virtual.wonBackHigh) { NumberText.percent($0) }
        return NumberText.percent(share) + (interval.map { " (\($0))" } ?? "")
    }

    private static func span(
        _ low: Double?,
        _ high: Double?,
        _ text: (Double) -> String
    ) -> String? {
        low.flatMap { low in high.map { "\(text(low)) to \(text($0))" } }
    }

    /// What the newest fit rests on.
    package static func fit(_ virtual: RetrainingValue.Virtual) -> String {
        virtual.fit.map {
            "\(NumberText.count($0.rows)) rows, "
                + Text.count($0.features, "feature or slice", "features and slices")
        } ?? "its scores"
    }
}
