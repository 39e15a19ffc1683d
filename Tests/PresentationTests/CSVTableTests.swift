import Contract
import Presentation
import Testing

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
