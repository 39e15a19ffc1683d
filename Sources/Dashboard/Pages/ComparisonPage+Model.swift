package import Contract
package import Evaluation

/// The champion against each of its shadows.
package struct ComparisonPage: Sendable {
    package var place: TaskPlace
    package var outline: TaskOutline
    /// What was asked, beside the instant.
    package var asked: Parameters
    /// `nil` where there is no champion or no shadow.
    package var report: ComparisonReport?

    package init(
        place: TaskPlace,
        outline: TaskOutline,
        asked: Parameters = Parameters(),
        report: ComparisonReport?
    ) {
        self.place = place
        self.outline = outline
        self.asked = asked
        self.report = report
    }

    /// Whether rows are read, for the areas under the curve.
    var isExact: Bool { asked["exact"] == "true" }

    var address: PageAddress { place.address(.comparison).with(asked) }

    func file(_ shadow: Name) -> PageAddress {
        place.chart("gain").with(asked).with("exact", nil)
            .with("shadow", ListText.text([shadow.text]))
    }
}

extension ComparisonVerdict {
    var badge: Badge {
        switch self {
        case .promote: Badge("Shadow better", .good)
        case .nonInferior: Badge("As good", .good)
        case .keepChampion: Badge("Shadow not better", .bad)
        case .undecided: Badge("Not decided", .warn)
        }
    }
}
