@testable import Evaluation
import Testing

struct VisibleDependenceTests {
    /// With 51 units the factor of independent rows has a standard error of √(2/50) = 0.2.
    @Test func `three standard errors above 1 are no chance`() {
        #expect(!VisibleDependence.holds(factor: 1.59, units: 51))
        #expect(VisibleDependence.holds(factor: 1.61, units: 51))
    }

    @Test(arguments: [0.0, 0.5, 1])
    func `one unit tells nothing`(units: Double) {
        #expect(!VisibleDependence.holds(factor: 1e9, units: units))
    }
}
