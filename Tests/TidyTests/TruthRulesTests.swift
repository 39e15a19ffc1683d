import Testing

/// The ten rules about truth, each of which has a test that names it.
struct TruthRulesTests {
    private static let names = SwiftSource.all(under: "Tests")
        .filter { $0.target != "TidyTests" }
        .flatMap { source in
            source.text.matches(of: /func\s+`([^`]+)`/).map { String($0.output.1) }
        }

    @Test(arguments: 1...10)
    func `each rule about truth has a test that names it`(number: Int) throws {
        let rule = try Regex("\\bT\(number)\\b")
        let isNamed = Self.names.contains { $0.contains(rule) }
        #expect(isNamed, "No test has T\(number) in its name.")
    }
}
