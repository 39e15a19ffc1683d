import Evaluation
import Testing

struct NameFaultTests {
    @Test(
        arguments: [
            "a", "gbm v2", "Zürich", "Zu\u{308}rich", "北京", "서울", "می\u{200C}خواهم", "👩\u{200D}🔬",
            "❤\u{FE0F}",
            "a,b", "\"x\"", "=1+1", "ﬁ", "a\u{A0}b", "\u{301}",
        ]
    )
    func `letters, marks and signs of every script can be given`(text: String) {
        #expect(NameFault(in: text) == nil)
    }

    @Test(arguments: [" a", "a ", "\u{A0}a", "a\u{3000}", "a\u{200D}", "\u{200C}a", " "])
    func `a blank at an end is refused, of whatever kind`(text: String) {
        #expect(NameFault(in: text) == .blankAtEnd)
    }

    @Test func `the empty name is refused`() {
        #expect(NameFault(in: "") == .empty)
    }

    @Test func `what cannot be seen is refused wherever it stands`() {
        let unseen: [ClosedRange<UInt32>] = [
            0x00...0x1F, 0x7F...0x9F, 0xAD...0xAD, 0x61C...0x61C, 0x115F...0x1160, 0x200B...0x200B,
            0x200E...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x2800...0x2800, 0x3164...0x3164,
            0xFEFF...0xFEFF, 0xFFF9...0xFFFB, 0xE0001...0xE007F,
        ]
        for code in unseen.joined() {
            let scalar = Unicode.Scalar(code)!
            for text in ["\(scalar)", "a\(scalar)b", "\(scalar)a", "a\(scalar)"] {
                #expect(NameFault(in: text) == .unseen(scalar), "U+\(String(code, radix: 16))")
            }
        }
    }

    @Test func `no control, no separator and no sign of direction of Unicode passes`() {
        for code in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(code) else { continue }
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: break
            default: guard scalar.properties.isBidiControl else { continue }
            }
            #expect(NameFault(in: "a\(scalar)b") == .unseen(scalar))
        }
    }

    @Test(arguments: ["flights", "a", "0", "a.b_c-2", String(repeating: "x", count: 100)])
    func `a task's name stands in an address and a shell without quotes`(name: String) {
        #expect(TaskNameRule.allows(Name(name)))
    }

    @Test(
        arguments: [
            "", ".", "..", "-a", "_a", "a b", "a/b", "a%b", "a?b", "a#b", "a$b", "a'b", "é",
            "e\u{301}", "a\n",
            "\u{212A}", "a\u{0}", String(repeating: "x", count: 101),
        ]
    )
    func `no other name can be given to a task`(name: String) {
        #expect(!TaskNameRule.allows(Name(name)))
    }
}
