import Presentation
import Testing

@Suite struct TextTableTests {
    @Test func `columns are aligned`() {
        var table = TextTable([.left("name"), .right("n")])
        table.add(["a", "1,000"])
        table.add(["bcdefg", "2"])
        #expect(
            table.lines(width: 80, style: .plain) == [
                "name        n", "a       1,000", "bcdefg      2",
            ]
        )
    }

    @Test func `a table that is too wide goes on below, with its first column again`() {
        var table = TextTable(
            [.left("model", repeated: true)] + (1...20).map { .right("metric \($0)") }
        )
        table.add([TextTable.Cell("champion")] + (1...20).map { TextTable.Cell("\($0)") })
        let lines = table.lines(width: 100, style: .plain)
        #expect(lines.allSatisfy { $0.count <= 100 })
        #expect(lines.filter { $0.hasPrefix("champion") }.count > 1)
        #expect(lines.joined().contains("metric 20"))
    }

    @Test func `names from outside cannot break the line or move the cursor`() {
        var table = TextTable([.left("name")])
        table.add([TextTable.Cell("a\nb\u{1B}[31mc\u{202E}")])
        #expect(table.lines(width: 80, style: .plain)[1] == "a b [31mc")
    }

    @Test func `long names are cut`() {
        var table = TextTable([.left("name", limit: 10)])
        table.add([TextTable.Cell(String(repeating: "x", count: 200))])
        #expect(table.lines(width: 80, style: .plain)[1] == "xxxxxxxxx…")
    }

    @Test func `emphasis does not change the alignment`() {
        var table = TextTable([.left("a"), .right("b")])
        table.add([TextTable.Cell("x", .good), TextTable.Cell("1", .bad)])
        let plain = table.lines(width: 80, style: .plain)
        let styled = table.lines(width: 80, style: TextStyle(isOn: true))
        #expect(styled != plain)
        #expect(styled.map { $0.replacing(/\u{1B}\[\d*m/, with: "") } == plain)
    }
}
