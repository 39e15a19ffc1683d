@testable import Evaluation
import Statistics
import Testing

struct RefitFeaturesTests {
    @Test func `features and slices are columns of their own`() {
        let features = RefitFeatures(
            details:
                #"{"decision":"no","features":{"age":41.5,"city":"Köln","new":true,"rate":"7"}}"#,
            slices: [Slice(key: "city", value: "south")]
        )
        #expect(
            features.values == [
                "feature.age": .number(41.5), "feature.city": .level("Köln"),
                "feature.new": .level("true"), "feature.rate": .level("7"),
                "slice.city": .level("south"),
            ]
        )
    }

    @Test(arguments: [
        "", "{}", #"{"entity":"a"}"#, #"{"features":{}}"#, #"{"features":{"a":null}}"#,
    ])
    func `a row may say nothing`(details: String) {
        let features = RefitFeatures(details: details, slices: [])
        #expect(features.values.values.allSatisfy { _ in false })
    }
}
