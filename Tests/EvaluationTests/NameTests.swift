import Evaluation
import Foundation
import Testing

struct NameTests {
    /// Every character of Unicode that is also written with other code points, with its other spelling.
    private static let twins: [(String, String)] = (UInt32(0)...0x10FFFF).compactMap { code in
        guard let scalar = Unicode.Scalar(code) else { return nil }
        let text = String(scalar)
        let other = text.decomposedStringWithCanonicalMapping
        return other.unicodeScalars.elementsEqual(text.unicodeScalars) ? nil : (text, other)
    }

    @Test func `of any two spellings of a character Swift sees one text, and there are two names`()
    {
        #expect(Self.twins.count > 13_000)
        for (one, other) in Self.twins {
            #expect(one == other, "or there would be nothing to tell apart")
            let names = [Name(one), Name(other)]
            #expect(names[0] != names[1] && Set(names).count == 2)
            let isLess = one.utf8.lexicographicallyPrecedes(other.utf8)
            #expect((names[0] < names[1]) == isLess && (names[1] < names[0]) == !isLess)
            #expect(!one.hasSameBytes(as: other))
            #expect([names[0]: 1, names[1]: 2].count == 2)
        }
    }

    @Test(
        arguments: [
            ("\u{E9}", "e\u{301}"), ("\u{C5}", "\u{212B}"), ("\u{C5}", "A\u{30A}"),
            ("K", "\u{212A}"),
            ("\u{AC01}", "\u{1100}\u{1161}\u{11A8}"), ("\u{3A9}", "\u{2126}"),
            ("q\u{307}\u{323}", "q\u{323}\u{307}"),
        ]
    )
    func `twins are found apart in dictionaries of names`(one: String, other: String) {
        var roles: [Name: Int] = [:]
        roles[Name(one)] = 1
        #expect(roles[Name(other)] == nil)
        #expect(![Name(one)].contains(Name(other)))
        #expect([Name(one), Name(other)].firstIndex(of: Name(other)) == 1)
    }

    @Test func `names sort by their bytes`() {
        let sorted: [Name] = ["", "A", "B", "a", "e\u{301}", "\u{E9}", "\u{FB01}", "\u{1F600}"]
        #expect(sorted.reversed().sorted() == sorted)
    }

    @Test func `the parts of a list are told apart also where a mark would join the comma`() {
        #expect("a,\u{338}b,,c".parts(separatedBy: ",").map { Name($0) } == ["a", "\u{338}b", "c"])
    }
}
