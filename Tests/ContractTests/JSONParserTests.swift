import Contract
import Foundation
import Statistics
import Testing

@Suite struct JSONParserTests {
    private func parsed(_ text: String) throws -> JSONValue {
        try JSONValue(parsing: Array(text.utf8))
    }

    @Test func `every kind of value is read`() throws {
        let json = try parsed(
            #" {"a": [1, -2, 0.5, 1e3, true, false, null], "b": {"c": "d\n\"\\\u00e4\ud83d\ude00é"}} "#
        )
        #expect(
            json == [
                "a": [1, -2, 0.5, 1000.0, true, false, nil],
                "b": ["c": "d\n\"\\ä😀é"],
            ]
        )
        #expect(try parsed("9223372036854775807") == .integer(.max))
        #expect(try parsed("9223372036854775808") == .number(9_223_372_036_854_775_808))
    }

    @Test(arguments: [
        "", " ", "{", "[", "[1,]", "{\"a\":1,}", "{a:1}", "{\"a\" 1}", "01", "+1", "1.", ".5", "1e",
        "nul", "tru", "True", "'a'", "\"a", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"",
        "\"\\ud800\\u0041\"",
        "\"a\nb\"", "1 2", "[1] x", "NaN", "Infinity", "1e999", "{\"a\":1,\"a\":2}", "\u{FEFF}1",
        "-",
    ])
    func `anything else is refused`(text: String) {
        #expect(throws: JSONError.self) { try parsed(text) }
    }

    @Test func `bytes that are no text are refused`() {
        for bytes in [[0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22]]
            as [[UInt8]]
        {
            #expect(throws: JSONError.self) { try JSONValue(parsing: bytes) }
        }
    }

    @Test func `depth has a bound`() throws {
        let deep = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        _ = try parsed(deep)
        #expect(throws: JSONError.self) { try parsed("[\(deep)]") }
        #expect(throws: JSONError.self) { try parsed(String(repeating: "[", count: 1_000_000)) }
    }

    @Test func `what is written is read as the same`() throws {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<300 {
            let json = random(depth: 0, &generator)
            #expect(try parsed(json.text) == json)
            #expect(try parsed(json.inline) == json)
        }
    }

    private func random(depth: Int, _ generator: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: 0..<(depth < 4 ? 7 : 5), using: &generator) {
        case 0: .null
        case 1: .bool(.random(using: &generator))
        case 2: .integer(.random(in: -1_000...1_000, using: &generator))
        case 3: .number(.random(in: -1...1, using: &generator) + 0.123)
        case 4: .string(text(&generator))
        case 5:
            .array(
                (0..<Int.random(in: 0...3, using: &generator)).map { _ in
                    random(depth: depth + 1, &generator)
                }
            )
        default:
            .object(
                (0..<Int.random(in: 0...3, using: &generator)).map { index in
                    JSONValue.Member(
                        name: "\(index)" + text(&generator),
                        value: random(depth: depth + 1, &generator)
                    )
                }
            )
        }
    }

    private func text(_ generator: inout SeededGenerator) -> String {
        let scalars: [Unicode.Scalar] = [
            "a", "\"", "\\", "\n", "\u{0}", "\u{7F}", "é", "😀", "/", "\t",
        ]
        var text = ""
        for _ in 0..<Int.random(in: 0...6, using: &generator) {
            text.unicodeScalars.append(scalars.randomElement(using: &generator) ?? "a")
        }
        return text
    }
}
