import Statistics
import Testing

@testable import Evaluation

struct ExactNumberTests {
    /// A double of any size, down to the subnormal ones; some small whole numbers among them.
    private func value(_ random: inout SeededGenerator) -> Double {
        let sign = random.nextUniform() < 0.5 ? -1.0 : 1.0
        switch Int.random(in: 0..<5, using: &random) {
        case 0: return sign * Double(Int.random(in: 0...3, using: &random))
        case 1: return sign * random.nextUniform() * 1e9
        case 2: return sign * random.nextUniform() * 1e-7
        case 3:
            return sign * Double(bitPattern: UInt64.random(in: 0...UInt64(1 << 52), using: &random))
        default:
            return sign
                * Double(
                    sign: .plus,
                    exponent: Int.random(in: -1000...100, using: &random),
                    significand: 1 + random.nextUniform()
                )
        }
    }

    @Test func `T6: what was added and taken back leaves nothing, in any order`() {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<100 {
            let values = (0..<60).map { _ in value(&random) }
            var sum = ExactNumber()
            var squares = ExactNumber()
            for value in values {
                sum.add(value)
                squares.addSquare(of: value)
            }
            var again = ExactNumber()
            var squaresAgain = ExactNumber()
            for value in values.shuffled(using: &random) {
                again.add(value)
                squaresAgain.addSquare(of: value)
            }
            #expect(again == sum && squaresAgain == squares)
            for value in values.shuffled(using: &random) {
                sum.add(value, sign: -1)
                squares.addSquare(of: value, sign: -1)
            }
            #expect(sum.isZero && squares.isZero && sum == ExactNumber())
            #expect(Double(sum) == 0)
        }
    }

    @Test func `a double is itself, and its square is its product with itself`() {
        var random = SeededGenerator(seed: 2)
        for _ in 0..<2000 {
            let value = value(&random)
            let number = ExactNumber(value)
            var square = ExactNumber()
            square.addSquare(of: value)
            #expect(Double(number) == value)
            #expect(square == number * number)
            #expect(number.isNegative == (value < 0))
            #expect(Double(-number) == -value)
        }
    }

    @Test func `products and sums keep the laws of arithmetic`() {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<1000 {
            let (a, b, c) = (
                ExactNumber(value(&random)), ExactNumber(value(&random)),
                ExactNumber(value(&random))
            )
            #expect((a + b) * (a - b) == a * a - b * b)
            #expect(a * (b + c) == a * b + a * c)
            #expect((a * b) * c == a * (b * c))
            #expect(a + b == b + a && a - b == -(b - a))
            #expect(a * 3 == a + a + a)
        }
    }

    @Test func `whole numbers are those of 128 bits, also at the edges of limbs`() {
        var random = SeededGenerator(seed: 4)
        let edges: [Int128] = [
            0, 1, -1, Int128(UInt64.max), -Int128(UInt64.max), 1 << 64, -(1 << 64), 1 << 125,
            Int128.max / 4, Int128.min / 4,
        ]
        for _ in 0..<1000 {
            func any() -> Int128 {
                let base = edges[Int.random(in: edges.indices, using: &random)]
                return base + Int128(Int.random(in: -2...2, using: &random))
            }
            let (a, b) = (any(), any())
            #expect(
                ExactNumber(units: a, exponent: -40) + ExactNumber(units: b, exponent: -40)
                    == ExactNumber(units: a + b, exponent: -40)
            )
            #expect(
                ExactNumber(units: a, exponent: 5) - ExactNumber(units: b, exponent: 5)
                    == ExactNumber(units: a - b, exponent: 5)
            )
            #expect(Double(ExactNumber(units: a, exponent: 0)) == Double(a))
            let (small, other) = (a >> 66, b >> 66)
            #expect(
                ExactNumber(units: small, exponent: -3) * ExactNumber(units: other, exponent: 2)
                    == ExactNumber(units: small * other, exponent: -1)
            )
        }
    }

    @Test func `the nearest double is taken, at a tie the even one`() {
        let one = ExactNumber(1.0)
        let half = ExactNumber(0x1p-53)
        #expect(Double(one + half) == 1)
        #expect(Double(one + half + ExactNumber(0x1p-1000)) == 1.0.nextUp)
        #expect(Double(one + half * 3) == 1.0.nextUp.nextUp)
        #expect(Double(-(one + half * 3)) == -1.0.nextUp.nextUp)
    }

    @Test func `no number of additions overflows`() {
        var sum = ExactNumber()
        var term = ExactNumber(units: Int128.max, exponent: 0)
        for _ in 0..<200 {
            sum.add(term)
            term.add(term)
        }
        var expected = ExactNumber(units: Int128.max, exponent: 0)
        for _ in 0..<200 { expected.add(expected) }
        #expect(sum + ExactNumber(units: Int128.max, exponent: 0) == expected)
    }
}
