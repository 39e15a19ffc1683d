/// The columns of a design that stand for one feature, as a training window has it.
///
/// More than 8 distinct numbers are a quantity: a linear column, clipped and standardised, and indicators of 8 bins between
/// quantiles. Everything else is a category with indicators of its 15 most frequent values: texts, also those among the
/// numbers of a quantity, and numbers of which there are few. What is missing, was never seen, or is rarer has no indicator;
/// a missing number lies at the mean of the linear column. A value that all rows have tells them apart as little as the
/// intercept does, and would take from it what a new value then lacked: it has no indicator either.
struct FeatureDesign: Sendable, Hashable {
    let numbers: NumericDesign?
    /// The most frequent first, equally frequent ones in ascending order.
    let levels: [FeatureValue]

    var width: Int { (numbers?.width ?? 0) + levels.count }

    /// Calls with the columns in which a value is not 0, in ascending order, and what it is there.
    func forEachEntry(of value: FeatureValue?, _ body: (Int, Double) -> Void) {
        guard let value = value?.known else { return }
        if let numbers, case .number(let number) = value {
            body(0, numbers.scale(number))
            body(1 + numbers.bin(number), 1)
        } else if let level = levels.firstIndex(of: value) {
            body((numbers?.width ?? 0) + level, 1)
        }
    }
}

extension FeatureDesign {
    private static let mostLevels = 15

    /// - Parameter values: A feature's values in the training window, in an order that does not matter.
    init(_ values: [FeatureValue?]) {
        var numbers: [Double] = []
        var counts: [FeatureValue: Int] = [:]
        for value in values {
            switch value?.known {
            case .number(let number): numbers.append(number)
            case .some(let level): counts[level, default: 0] += 1
            case nil: continue
            }
        }
        numbers.sort()
        let quantity = NumericDesign(sorted: numbers)
        if quantity == nil {
            for number in numbers { counts[.number(number), default: 0] += 1 }
        }
        let levels = counts.filter { $0.value < values.count }
            .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .prefix(Self.mostLevels)
            .map(\.key)
        self.init(numbers: quantity, levels: levels)
    }
}
