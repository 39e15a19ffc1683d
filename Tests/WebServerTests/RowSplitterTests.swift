import TestSupport
import Testing

@testable import WebServer

@Suite struct RowSplitterTests {
    private func lines(_ text: String, pieces: Int = 1) throws -> String {
        var splitter = RowSplitter(maximumDepth: 8)
        var lines: [UInt8] = []
        let bytes = Array(text.utf8)
        let size = max(1, bytes.count / pieces)
        for start in stride(from: 0, to: bytes.count, by: size) {
            try splitter.add(bytes[start..<min(start + size, bytes.count)], to: &lines)
        }
        try splitter.finish()
        return String(decoding: lines, as: UTF8.self)
    }

    @Test(arguments: [1, 2, 3, 7, 1_000])
    func `rows come out one a line, however the bytes come in`(pieces: Int) throws {
        #expect(try lines(#"{"a":1}"#, pieces: pieces) == "{\"a\":1}\n")
        #expect(
            try lines(
                "[ {\"a\":\n[1,{}]} ,\r\n{\"b\":\"],}\\\"\\\\\"},7, null ,\"x\"]\n",
                pieces: pieces
            )
                == "{\"a\": [1,{}]}\n{\"b\":\"],}\\\"\\\\\"}\n7\nnull \n\"x\"\n"
        )
        #expect(try lines(" [ ] ", pieces: pieces) == "")
        #expect(try lines("[[[]],[7]]", pieces: pieces) == "[[]]\n[7]\n")
    }

    @Test(arguments: [
        "", "[", "{", "[{}", "[,]", "[{},]", "[{}{}]", "{}{}", "[]]", "x", "7", "]", "[\"a",
        "[\"a\nb\"]",
    ])
    func `what is no list of rows is refused`(text: String) {
        #expect(throws: Problem.self, "\(text)") { try lines(text) }
    }

    @Test func `depth has a bound`() {
        #expect(throws: Problem.self) { try lines(String(repeating: "[", count: 9)) }
        #expect(throws: Never.self) { try lines("[[[[[[[[]]]]]]]]") }
    }
}
