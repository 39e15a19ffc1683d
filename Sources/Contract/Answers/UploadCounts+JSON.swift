import Evaluation

extension UploadCounts {
    /// Each count by its name.
    var members: [JSONValue.Member] {
        UploadCount.allCases.map { JSONValue.Member(name: $0.rawValue, value: JSONValue(self[$0])) }
    }
}
