import Testing

@testable import Postgres

struct SQLTests {
    @Test func `what is interpolated becomes a parameter with a type`() {
        let name: String? = nil
        let sql: SQL = "SELECT \(1) + \(Int16(2)), \("x'; DROP TABLE t"), \(name), \(2.5)"
        #expect(sql.text == "SELECT $1 + $2, $3, $4, $5")
        #expect(
            sql.parameters.map(\.value) == [
                .int64(1), .int16(2), .text("x'; DROP TABLE t"), .null, .double(2.5),
            ]
        )
        #expect(sql.parameters.map(\.type) == [.int8, .int2, .text, .text, .float8])
    }

    @Test func `a text with an interpolation of its own is a parameter too`() {
        let name = "x"
        let sql: SQL = "SELECT \("a \(name)"), \("plain")"
        #expect(sql.text == "SELECT $1, $2")
        #expect(sql.parameters.map(\.value) == [.text("a x"), .text("plain")])
    }

    @Test func `statements concatenate and nest with their parameters renumbered`() {
        let condition: SQL = "a = \(1) AND b = \(true)"
        let sql: SQL = "SELECT \(0) WHERE " + condition + " LIMIT \(5)"
        #expect(sql.text == "SELECT $1 WHERE a = $2 AND b = $3 LIMIT $4")
        let nested: SQL = "SELECT \(0) WHERE \(condition) LIMIT \(5)"
        #expect(nested == sql)
        let list = [1, 2, 3].map { "\($0)" as SQL }.joined(separator: ", ")
        #expect(list.text == "$1, $2, $3")
    }

    @Test func `constants, names and literals are quoted into the text`() {
        let sql: SQL = """
            COPY \(identifier: "odd\"name") WHERE a -\(constant: -5) = \(constant: 7 as UInt64) \
            AND b = \(literal: "it's") AND c = \(literal: "back\\slash'")
            """
        #expect(
            sql.text == """
                COPY "odd""name" WHERE a -(-5) = 7 AND b = 'it''s' AND c =  E'back\\\\slash'''
                """
        )
    }

    @Test func `a quote followed by a combining mark is a quote`() {
        let sql: SQL = "\(identifier: "a\"\u{301}b") \(literal: "a'\u{301}b")"
        #expect(sql.text.unicodeScalars.filter { $0 == "\"" }.count == 4)
        #expect(sql.text.unicodeScalars.filter { $0 == "'" }.count == 4)
    }

    @Test(
        arguments: [
            (0, "1970-01-01 00:00:00.000000+00"),
            (1_372_096_799_999_999, "2013-06-24 17:59:59.999999+00"),
            (-1, "1969-12-31 23:59:59.999999+00"),
            (951_782_400_000_000, "2000-02-29 00:00:00.000000+00"),
            (-62_135_596_800_000_001, "0001-12-31 23:59:59.999999+00 BC"),
            (253_402_300_800_000_000, "10000-01-01 00:00:00.000000+00"),
            (Int64.min, "-infinity"), (Int64.max, "infinity"),
        ] as [(Int64, String)]
    )
    func `an instant is written as a literal`(microseconds: Int64, expected: String) {
        let sql: SQL = "\(constantTimestamp: microseconds)"
        #expect(sql.text == "TIMESTAMPTZ '\(expected)'")
    }
}
