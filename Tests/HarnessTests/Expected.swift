import Foundation
import TestSupport
import Testing

/// The numbers of a fixture's expected.json.
struct Expected {
    private let value: Any

    init(_ fixture: String) throws {
        value = try JSONSerialization.jsonObject(with: Fixtures.data(fixture))
    }

    private init(value: Any) { self.value = value }

    subscript(key: String) -> Expected {
        Expected(value: (value as? [String: Any])?[key] ?? NSNull())
    }

    subscript(index: Int) -> Expected {
        Expected(value: (value as? [Any])?[index] ?? NSNull())
    }

    var keys: [String] { ((value as? [String: Any]) ?? [:]).keys.sorted() }
    var number: Double? { value is NSNull ? nil : (value as? NSNumber)?.doubleValue }
    var int: Int? { (value as? NSNumber)?.intValue }
}

/// Expected values carry ten decimals: half a unit of the last, and what summing in another order may cost.
let publishedTolerance = 1e-9

func expectClose(
    _ actual: Double?,
    _ expected: Double?,
    within tolerance: Double = publishedTolerance,
    _ comment: Comment,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    guard let actual, let expected else {
        #expect(actual == expected, comment, sourceLocation: sourceLocation)
        return
    }
    #expect(abs(actual - expected) <= tolerance, comment, sourceLocation: sourceLocation)
}
