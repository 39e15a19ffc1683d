import Presentation
import Testing

@Suite struct DocumentTests {
    @Test func `paragraphs are broken at spaces, and words that are too long are cut`() {
        let lines = Document.wrapped(
            String(repeating: "word ", count: 50) + String(repeating: "x", count: 250)
        )
        #expect(lines.allSatisfy { $0.count <= 100 && !$0.isEmpty })
        #expect(lines.joined(separator: " ").contains("word word"))
    }

    @Test func `items and terms go on under their text`() {
        var document = Document()
        document.item(String(repeating: "word ", count: 30))
        document.terms(["name": String(repeating: "word ", count: 30)])
        let lines = document.text().split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines[0].hasPrefix("• word") && lines[1].hasPrefix("  word"))
        #expect(lines[2].hasPrefix("name  word") && lines[3].hasPrefix("      word"))
    }
}
