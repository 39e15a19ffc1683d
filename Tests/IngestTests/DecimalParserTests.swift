import Testing

@testable import Ingest

struct DecimalParserTests {
    private func parse(_ text: String) -> Result<Double, DecimalParser.Failure> {
        let bytes = Array(text.utf8)
        return Result { () throws(DecimalParser.Failure) in
            try DecimalParser.parse(bytes.span, from: 0, to: bytes.count)
        }
    }

    @Test(
        arguments: [
            ("0", 0), ("1", 1), ("1.0", 1), ("1e0", 1), ("0.000000", 0), ("-12", -12),
            ("+0.5", 0.5),
            (".5", 0.5), ("5.", 5), ("1E3", 1000), ("1e+3", 1000), ("25e-2", 0.25), ("0.37", 0.37),
            ("9007199254740993", 9007199254740992), ("0.1", 0.1), ("1e-400", 0),
            ("00000000000000000000001", 1), ("1.7976931348623157e308", .greatestFiniteMagnitude),
            ("5.e300", 5e300), (".5e-300", 5e-301), ("+25.e30", 25e30),
            ("5e-324", .leastNonzeroMagnitude), ("0.30000000000000004", 0.30000000000000004),
        ] as [(String, Double)]
    )
    func `a number is read`(text: String, number: Double) {
        #expect(parse(text) == .success(number))
    }

    @Test(
        arguments: [
            ("", .empty), ("abc", .notANumber), ("NaN", .notFinite), ("nan", .notFinite),
            ("inf", .notFinite), ("-Infinity", .notFinite), ("null", .notANumber),
            ("0,37", .decimalComma), ("1,000,000", .notANumber), ("1e400", .outOfRange),
            (".", .notANumber), ("-", .notANumber), ("1e", .notANumber), ("1e+", .notANumber),
            ("0x10", .notANumber), ("1.2.3", .notANumber), (" 1", .notANumber), ("1 ", .notANumber),
            ("1_000", .notANumber), ("٣", .notANumber), ("1f", .notANumber),
        ] as [(String, DecimalParser.Failure)]
    )
    func `what is no number is refused with its reason`(
        text: String,
        failure: DecimalParser.Failure
    ) {
        #expect(parse(text) == .failure(failure))
    }

    @Test func `the shortest text of any double reads as that double`() {
        var random = SeededGenerator(state: 1)
        for _ in 0..<200_000 {
            let number = Double(bitPattern: random.next())
            guard number.isFinite else { continue }
            #expect(parse(number.description) == .success(number))
            let probability = Double.random(in: 0...1, using: &random)
            #expect(parse(probability.description) == .success(probability))
        }
    }

    @Test func `numbers of 15 to 20 digits round as the standard library rounds them`() {
        var random = SeededGenerator(state: 2)
        for _ in 0..<200_000 {
            var text = String(random.next() >> UInt64(random.next() % 20))
            let point = Int(random.next() % 21)
            if point < text.count {
                text.insert(".", at: text.index(text.startIndex, offsetBy: point))
            } else {
                text = "0." + String(repeating: "0", count: point - text.count) + text
            }
            #expect(parse(text) == Double(text).map { .success($0) })
        }
    }

    @Test func `ties round to even`() {
        // 2^53 + 1 lies in the middle between two doubles, and so do its quotients by powers of ten
        // that are no such ties themselves only because of the digits that follow.
        #expect(parse("9007199254740993.0") == .success(9007199254740992))
        #expect(parse("9007199254740993.001") == .success(9007199254740994))
        #expect(parse("9007199254740995.0") == .success(9007199254740996))
    }
}
