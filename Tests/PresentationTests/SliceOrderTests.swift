import Presentation
import Testing

@testable import Evaluation

/// How a person is shown where two models differ.
struct SliceOrderTests {
    private func slice(
        _ value: Name,
        requests: Int,
        distance: Double?,
        finding: SliceComparison.Finding = .undecided
    ) -> SliceComparison {
        var apart = PairsApart()
        apart.requests = requests
        apart.distance = distance
        return SliceComparison(
            slice: Slice(key: "k", value: value),
            pairs: requests,
            apart: apart,
            metric: ComparedMetric("brier_score", missing: .noPairs),
            low: nil,
            high: nil,
            cohorts: 0,
            alpha: 0.05,
            finding: finding
        )
    }

    @Test func `surely worse first, then farthest apart, and slices of few requests last`() {
        let slices = [
            slice("a", requests: 100, distance: 0.1), slice("b", requests: 29, distance: 0.9),
            slice("c", requests: 30, distance: 0.2), slice("d", requests: 100, distance: 0.1),
            slice("e", requests: 100, distance: 0.01, finding: .worse),
            slice("f", requests: 100, distance: 0.3, finding: .better),
            slice("g", requests: 29, distance: nil),
        ]
        let ranked = ComparisonResult.ranked(slices).map(\.slice.value)
        #expect(ranked == ["e", "f", "c", "a", "d", "b", "g"])
    }

    @Test func `what is known of all requests is one sentence`() {
        var apart = PairsApart()
        #expect(
            ApartText.summary(apart, .binary) == "0 requests that both scored, 0 with labels"
        )
        apart.requests = 27_158
        apart.labelled = 26_483
        apart.distance = 0.0831
        #expect(
            ApartText.summary(apart, .regression)
                == "27,158 requests that both scored, 26,483 with labels; scores apart by 0.0831 (mean)"
        )
        apart.decidedDifferently = 0.031
        apart.labelledDecidedDifferently = 0.0302
        #expect(
            ApartText.summary(apart, .binary)
                == "27,158 requests that both scored, 26,483 with labels; scores apart by 0.0831 (root mean square); "
                + "3.1 % are decided differently, 3.0 % of those with labels"
        )
    }
}
