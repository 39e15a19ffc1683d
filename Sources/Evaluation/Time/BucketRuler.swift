/// Numbers the seconds of the time line so that the number never falls: a partition into buckets.
///
/// The line is cut into stretches. Within each, buckets are equally wide, and a number is
/// `⌊(second + shift) / width⌋`, but never less than what it was before the stretch. A bucket is all that
/// has its number, so that it has no holes, and begins where the one before it ends.
struct BucketRuler: Sendable {
    private struct Stretch {
        var start: Int64
        var shift: Int64
        /// Of its first second; all numbers before are smaller or the same.
        var firstNumber: Int64
    }

    private let width: Int64
    private var stretches: [Stretch]

    /// - Parameters:
    ///   - width: Seconds of a bucket that no change touches.
    ///   - shift: From before all time on.
    init(width: Int64, shift: Int64) {
        self.width = width
        stretches = [Stretch(start: .min, shift: shift, firstNumber: .min)]
    }

    /// Lets buckets end at other seconds of the clock from a second on.
    ///
    /// - Parameters:
    ///   - shift: For the second itself; it may lead to numbers that were used before.
    ///   - start: Later than that of any earlier change.
    mutating func shift(by shift: Int64, from start: Int64) {
        let first = max(number(ofSecond: start - 1), floorDivide(start + shift, width))
        stretches.append(Stretch(start: start, shift: shift, firstNumber: first))
    }

    /// Lets the next bucket begin at a second, and later ones where a clock shows full hours.
    ///
    /// - Parameters:
    ///   - start: Later than that of any earlier change.
    ///   - phase: What is added to a second of full hours to have a multiple of the width.
    mutating func cut(atSecond start: Int64, phase: Int64) {
        let next = number(ofSecond: start - 1) + 1
        shift(by: phase + width * (next - floorDivide(start + phase, width)), from: start)
    }

    /// Gives the bucket that holds a second the number 0.
    mutating func count(fromSecond second: Int64) {
        let first = number(ofSecond: second)
        for index in stretches.indices {
            stretches[index].shift -= first * width
            if index > 0 { stretches[index].firstNumber -= first }
        }
    }

    func number(ofSecond second: Int64) -> Int64 {
        let stretch = stretches[lastStretch { $0.start <= second }]
        return max(stretch.firstNumber, floorDivide(second + stretch.shift, width))
    }

    /// The first second of a bucket; of one without seconds the first of the next that has some.
    func start(ofNumber number: Int64) -> Int64 {
        let index = lastStretch { $0.firstNumber < number }
        let start = number * width - stretches[index].shift
        return index + 1 < stretches.count ? min(start, stretches[index + 1].start) : start
    }

    /// The last stretch for which something holds that holds for all before it, and for the first at least.
    private func lastStretch(where holds: (Stretch) -> Bool) -> Int {
        var low = 0
        var high = stretches.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if holds(stretches[middle]) { low = middle } else { high = middle - 1 }
        }
        return low
    }
}
