import Foundation
import Statistics

/// What a row says beyond the champion's score: its logged features and its slices, each by the name that it has as a column.
struct RefitFeatures: Sendable, Equatable {
    private(set) var values: [Name: FeatureValue] = [:]

    /// - Parameters:
    ///   - details: What a row says beyond its score, as JSON.
    ///   - slices: Those that it belongs to.
    init(details: String, slices: [Slice]) {
        if details.utf8.contains(Self.brace),
            let object = try? JSONDecoder().decode(Details.self, from: Data(details.utf8))
        {
            for (name, value) in object.features ?? [:] {
                values[Name("feature.\(name)")] = value.value
            }
        }
        for slice in slices {
            values[Name("slice.\(slice.key)")] = .level(slice.value.text)
        }
    }

    private static let brace = UInt8(ascii: "{")

    private struct Details: Decodable {
        var features: [String: Value]?
    }

    private struct Value: Decodable {
        let value: FeatureValue?

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let flag = try? container.decode(Bool.self) {
                value = .level(flag ? "true" : "false")
            } else if let number = try? container.decode(Double.self) {
                value = .number(number)
            } else {
                value = (try? container.decode(String.self)).map(FeatureValue.level)
            }
        }
    }
}
