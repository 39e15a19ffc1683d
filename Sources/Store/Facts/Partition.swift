package import Evaluation

/// The table partition that holds the rows of an interval of time.
///
/// The number packs the interval's index and its width, so that tasks with partitions of different widths
/// never share one: `index * 4 + code`, code 0 for 7 days, 1 for 28, 2 for 364.
package struct Partition: Hashable, Comparable, Sendable {
    package let number: Int32

    package init(number: Int32) {
        self.number = number
    }

    package init(of instant: Instant, days: PartitionDays) {
        let day = floorDivide(instant.microseconds, 86_400_000_000)
        number = Int32(floorDivide(day, Int64(days.rawValue))) * 4 + days.code
    }

    /// The time that it is for.
    package var interval: Window {
        let seconds = 86_400 * Int64(PartitionDays(code: number & 3).rawValue)
        let start = Instant(seconds: Int64(number >> 2) * seconds)
        return Window(from: start, upTo: start.advanced(bySeconds: seconds))
    }

    package static func < (left: Partition, right: Partition) -> Bool {
        left.number < right.number
    }

    /// `p123`, or `n123` before 1970.
    package var tableSuffix: String {
        number < 0 ? "n\(-number)" : "p\(number)"
    }

    var tables: [String] {
        ["predictions_\(tableSuffix)", "labels_\(tableSuffix)"]
    }
}

extension PartitionDays {
    fileprivate var code: Int32 {
        switch self {
        case .week: 0
        case .month: 1
        case .year: 2
        }
    }

    fileprivate init(code: Int32) {
        self = Self.allCases.first { $0.code == code } ?? .month
    }
}
