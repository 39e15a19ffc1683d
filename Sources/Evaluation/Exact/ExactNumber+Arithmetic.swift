extension ExactNumber {
    package static func + (left: ExactNumber, right: ExactNumber) -> ExactNumber {
        var sum = left
        sum.add(right)
        return sum
    }

    package static func - (left: ExactNumber, right: ExactNumber) -> ExactNumber {
        var difference = left
        difference.add(right, sign: -1)
        return difference
    }

    package static prefix func - (number: ExactNumber) -> ExactNumber {
        ExactNumber() - number
    }

    package static func * (left: ExactNumber, right: ExactNumber) -> ExactNumber {
        let (ours, theirs) = (left.magnitude, right.magnitude)
        var product = [UInt64](repeating: 0, count: ours.count + theirs.count)
        for (place, word) in ours.enumerated() where word != 0 {
            var carry: UInt64 = 0
            for (offset, other) in theirs.enumerated() {
                var (high, low) = word.multipliedFullWidth(by: other)
                for summand in [product[place + offset], carry] {
                    let (sum, overflow) = low.addingReportingOverflow(summand)
                    low = sum
                    if overflow { high += 1 }
                }
                product[place + offset] = low
                carry = high
            }
            product[place + theirs.count] = carry
        }
        return ExactNumber(
            magnitude: product,
            exponent: 64 * (left.lowest + right.lowest),
            isNegative: left.isNegative != right.isNegative
        )
    }

    package static func * (left: ExactNumber, count: Int) -> ExactNumber {
        left * ExactNumber(count)
    }

    /// The limbs of the absolute value, in units of the first limb.
    var magnitude: [UInt64] { isNegative ? (-self).limbs : limbs }
}

extension Double {
    /// The double that is nearest to an exact number, at a tie the even one.
    package init(_ number: ExactNumber) {
        let limbs = number.magnitude
        guard let top = limbs.lastIndex(where: { $0 != 0 }) else {
            self = 0
            return
        }
        let shift = UInt64(limbs[top].leadingZeroBitCount)
        var leading = limbs[top] << shift
        if top > 0 {
            leading |= limbs[top - 1] >> (64 - shift)
            let isBeyond = limbs[top - 1] << shift != 0 || limbs[..<(top - 1)].contains { $0 != 0 }
            // Any bit further down breaks a tie; it lies far below the last bit of a double.
            if isBeyond { leading |= 1 }
        }
        self = Double(
            sign: number.isNegative ? .minus : .plus,
            exponent: 64 * (number.lowest + top) - Int(shift),
            significand: Double(leading)
        )
    }
}
