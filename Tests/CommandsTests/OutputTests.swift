import Contract
import Evaluation
import Foundation
import Ingest
import Testing

@testable import Commands
import Presentation

@Suite struct CSVTableTests {
    @Test func `fields are quoted where they must be`() {
        var csv = CSVTable(["a", "b"])
        csv.rows = [[.string("x,\"y\"\n"), .null], [.number(0.5), .bool(true)]]
        #expect(csv.text == "a,b\n\"x,\"\"y\"\"\n\",\n0.5,true\n")
    }

    @Test(arguments: [
        "=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "\rx", "\n=x", "=", "-", "+",
        "-inf",
        "-0x1p3", "'quoted", "''twice", "\u{FF1D}1",
    ])
    func `a text that a spreadsheet takes for a formula begins with a quote`(text: String) {
        var csv = CSVTable(["a"])
        csv.rows = [[.string(text)]]
        let written = csv.text.dropFirst("a\n".count).dropLast()
        let cell = written.hasPrefix("\"") ? written.dropFirst().dropLast() : written
        #expect(cell == "'" + text, "one quote more, which can be taken off again")
    }

    @Test(arguments: ["-1", "+1", "-0.5", "1e-7", "-1.5E+10", "2024-01-01", "a=b", "x@y", ""])
    func `numbers and other texts stay as they are`(text: String) {
        var csv = CSVTable(["a"])
        csv.rows = [[.string(text)], [.number(-0.5)], [.integer(-3)]]
        #expect(csv.text == "a\n\(text)\n-0.5\n-3\n")
    }
}

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

@Suite struct NumberTextTests {
    @Test(arguments: [
        (0.1668351, "0.167"), (0.0361506, "0.0362"), (42.3811, "42.38"), (123.456, "123.5"),
        (1234.5, "1234"), (54_316.2, "54,316"), (0, "0.000"), (-1.405, "-1.405"),
        (0.00001, "1.00e-05"), (1e12, "1.00e+12"),
    ])
    func `about three digits tell a number`(value: Double, text: String) {
        #expect(NumberText.number(value) == text)
    }

    @Test func `counts have separators`() {
        #expect(NumberText.count(0) == "0")
        #expect(NumberText.count(999) == "999")
        #expect(NumberText.count(54_316) == "54,316")
        #expect(NumberText.count(-1_234_567) == "-1,234,567")
    }

    @Test func `a share that is not all never reads as all`() {
        #expect(NumberText.percent(1) == "100 %")
        #expect(NumberText.percent(0.99999) == ">99.9 %")
        #expect(NumberText.percent(0.00001) == "<0.1 %")
        #expect(NumberText.percent(0) == "0.0 %")
        #expect(NumberText.percent(nil) == "–")
        #expect(NumberText.percent(0.9749) == "97.5 %")
    }

    @Test func `bounds are rounded up`() {
        #expect(NumberText.bound(0.0021) == "0.003")
        #expect(NumberText.bound(0.000021) == "0.00003")
        #expect(NumberText.bound(2.3) == "3")
    }

    @Test func `intervals with a sign use words`() {
        #expect(NumberText.interval(0.161, 0.172, decimals: 3) == "0.161–0.172")
        #expect(NumberText.interval(-0.2, 0.3, decimals: 1) == "-0.2 to 0.3")
        #expect(NumberText.interval(0.0000463, 0.013, decimals: 4) == "<0.0001–0.0130")
        #expect(NumberText.interval(-0.013, -0.00002, decimals: 4) == "-0.0130 to >-0.0001")
        #expect(NumberText.interval(0.0000012, 0.0000034, decimals: 4) == "1.20e-06–3.40e-06")
        #expect(NumberText.interval(0, 0.2, decimals: 1) == "0.0–0.2")
    }
}

@Suite struct ProgressTests {
    @Test func `rows, rate, share and the time left are shown`() {
        let input = IngestProgress(
            bytesRead: 40,
            totalBytes: 100,
            rowsRead: 1_000_000,
            sourceName: "a"
        )
        #expect(
            Progress.line("reading a", input, .seconds(4))
                == "reading a: 1,000,000 rows, 250,000 rows/s, 40 %, 6 s left, 4 s"
        )
        #expect(Progress.line("verifying", nil, .seconds(75)) == "verifying: 1 min 15 s")
    }

    @Test func `the line fits a terminal`() {
        let line = Progress.line(String(repeating: "x", count: 200), nil, .seconds(1))
        #expect(line.count == 79)
    }
}
