import Evaluation
import Testing

struct EntityGroupTests {
    @Test func `a member of the details is found by its name, and nothing else is`() {
        let details = DetailsText(
            #"{"decision":"entity","entity":"a\"b\\","features":{"status":"x"},"status":"ok"}"#
        )
        #expect(details.text("decision") == Array("entity".utf8))
        #expect(details.text("entity") == Array(#"a\"b\\"#.utf8))
        // Behind an object nothing is read.
        #expect(details.text("status") == nil)
        #expect(DetailsText(#"{"latency_ms":5,"status":"ok"}"#).text("status") == nil)
        #expect(DetailsText("").text("entity") == nil)
        #expect(DetailsText(#"{"entity":"#).text("entity") == nil)
        #expect(DetailsText(#"{"entity":""}"#).text("entity") == [])
    }

    private func group(_ details: String, _ request: UInt64) -> Int {
        EntityGroup.of(name: EntityGroup.name(in: details)?[...], request: request)
    }

    @Test func `the group of an entity is the same for ever`() {
        // From an independent program: FNV-1a, the finaliser of SplitMix64, six bits.
        let groups = ["a": 0, "customer-1": 11, "customer-2": 63, "Zürich": 49]
        for (name, expected) in groups {
            let details = #"{"entity":"\#(name)"}"#
            #expect(group(details, 7) == expected, "\(name)")
        }
    }

    @Test func `a request without an entity is one of its own`() {
        let numbers: [UInt64] = [0, 1, 2, .max]
        for details in ["", #"{"entity":""}"#, #"{"decision":"yes"}"#] {
            let groups = numbers.map { group(details, $0) }
            #expect(groups == [0, 21, 54, 45])
        }
    }

    @Test func `names in sequence spread over all groups evenly`() {
        var counts = [Int](repeating: 0, count: EntityGroup.count)
        for number in 0..<6400 {
            counts[group(#"{"entity":"customer-\#(number)"}"#, 0)] += 1
        }
        // χ² with 63 degrees of freedom, 99.9 %.
        let chi = counts.reduce(0) { $0 + ($1 - 100) * ($1 - 100) / 100 }
        #expect(chi < 104)
    }
}
