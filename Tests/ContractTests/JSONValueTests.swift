import Contract
import Foundation
import Testing

@Suite struct JSONValueTests {
    @Test func `members keep their order, and what is not finite is null`() {
        let json: JSONValue = [
            "z": .integer(1), "a": .number(0.1), "n": JSONValue(Double.nan),
            "i": JSONValue(1.0 / 0),
        ]
        #expect(json.text == #"{"z": 1, "a": 0.1, "n": null, "i": null}"#)
    }

    @Test func `texts are escaped and come back`() throws {
        let text = "a\"b\\c\n\t\u{1}\u{7F}é🙂"
        let json: JSONValue = ["text": .string(text)]
        let object = try JSONSerialization.jsonObject(with: Data(json.text.utf8)) as? [String: Any]
        #expect(object?["text"] as? String == text)
    }

    @Test func `doubles keep every bit`() throws {
        for value in [
            0.1, 1e-300, Double.leastNonzeroMagnitude, .greatestFiniteMagnitude, -0.0, 1.0 / 3,
        ] {
            let json: JSONValue = [.number(value)]
            #expect(Double(json.inline.dropFirst().dropLast()) == value)
        }
    }

    @Test func `nested values are indented`() {
        let json: JSONValue = ["a": ["b": [.integer(1), .integer(2)]], "empty": []]
        #expect(json.text == "{\n  \"a\": {\n    \"b\": [1, 2]\n  },\n  \"empty\": []\n}")
    }
}
