import Statistics

/// Outcomes of rows in a few groups, ascending, with the losses of the rows: equal outcomes, as those of two classes, are one
/// group; many different ones are groups of about equal size.
///
/// It tells what a constant forecast would have lost on the same rows, whatever the constant:
///
///     Σ|y − r| ≈ Σ_k n_k|ȳ_k − r|
///
/// which only the group around r keeps from being exact. The same rows make the same groups in whatever order they come.
package struct LabelGroups: Sendable, Equatable {
    /// The most groups of a cohort.
    package static let most = 32

    struct Group: Sendable, Equatable {
        /// n.
        var rows: Double
        /// ȳ.
        var mean: Double
        /// Σ(y − ȳ)².
        var spread: Double
        /// Σℓ.
        var loss: Double
    }

    /// Ascending by mean.
    private(set) var groups: [Group] = []

    package init() {}

    fileprivate mutating func append(_ group: Group) { groups.append(group) }

    package var isEmpty: Bool { groups.isEmpty }

    /// Adds a row, as a group of its own until `compact()`.
    package mutating func add(label: Double, loss: Double) {
        groups.append(Group(rows: 1, mean: label, spread: 0, loss: loss))
    }

    /// Brings rows that were added in order, and together into groups.
    package mutating func compact(most: Int = most) {
        groups.sort(by: Self.precedes)
        merge { $0.mean == $1.mean }
        guard groups.count > most else { return }
        let rows = rows
        var (before, place) = (0.0, -1)
        merge { _, group in
            let next = Int(before / rows * Double(most))
            before += group.rows
            defer { place = next }
            return next == place
        }
    }

    /// Takes each group together with the one before it where both belong together.
    private mutating func merge(_ belongs: (_ last: Group, _ next: Group) -> Bool) {
        var merged: [Group] = []
        merged.reserveCapacity(groups.count)
        for group in groups {
            let isSame = belongs(merged.last ?? group, group)
            if isSame, !merged.isEmpty {
                merged[merged.count - 1].add(group)
            } else {
                merged.append(group)
            }
        }
        groups = merged
    }

    /// Adds the groups of other rows.
    mutating func add(_ other: LabelGroups) {
        guard !other.isEmpty else { return }
        groups.append(contentsOf: other.groups)
        groups.sort(by: Self.precedes)
    }

    private static func precedes(_ one: Group, _ other: Group) -> Bool {
        (one.mean, one.loss, one.rows, one.spread) < (
            other.mean, other.loss, other.rows, other.spread
        )
    }

    // MARK: - Reading

    var rows: Double { groups.reduce(0) { $0 + $1.rows } }

    /// Σℓ.
    var loss: Double { groups.reduce(0) { $0 + $1.loss } }

    /// Σy.
    var sum: Double { groups.reduce(0) { $0 + $1.rows * $1.mean } }

    /// The least value that a share of the rows does not exceed, of something that each group's mean has; `nil` without rows.
    func quantile(_ share: Double, of value: (Double) -> Double) -> Double? {
        let values = groups.map { (value: value($0.mean), rows: $0.rows) }
            .sorted { $0.value < $1.value }
        let wanted = share * rows
        var below = 0.0
        return values.first {
            below += $0.rows
            return below >= wanted
        }?.value
    }

    /// What a constant forecast loses beside a model on the same rows.
    ///
    /// - Parameters:
    ///   - own: The model's losses as they count, in place of those by group: corrected ones may be of a few rows more.
    ///   - reference: What the constant loses on a row of an outcome; where that is a group's mean, as far as it lies off.
    /// - Returns: The sums of `own` with those of the constant; `nil` without labels.
    func moments(beside own: RiskMoments, _ reference: (Double) -> Double) -> RiskMoments? {
        let rows = rows
        guard rows > 0, own.rows > 0 else { return nil }
        var (loss, total, product, squared) = (0.0, 0.0, 0.0, 0.0)
        for group in groups {
            let each = reference(group.mean)
            loss += group.loss
            total += group.rows * each
            product += group.loss * each
            squared += group.rows * each * each + group.spread
        }
        var sums = own
        sums.reference = total * (own.rows / rows)
        sums.product = loss > 0 ? product * (own.loss / loss) : 0
        sums.squaredReference = squared * (own.rows / rows)
        return sums
    }
}

extension LabelGroups.Group {
    fileprivate mutating func add(_ other: LabelGroups.Group) {
        let all = rows + other.rows
        let distance = other.mean - mean
        mean += distance * (other.rows / all)
        spread += other.spread + distance * distance * (rows * other.rows / all)
        rows = all
        loss += other.loss
    }
}

// MARK: - Bytes

extension LabelGroups {
    /// No bytes without groups.
    package var bytes: [UInt8] {
        var writer = NumberWriter()
        for group in groups { writer.append(group) }
        return writer.bytes
    }

    /// Adds the groups of `bytes`.
    package mutating func add(bytes: [UInt8]) throws(CellCodingError) {
        var reader = NumberReader(bytes)
        var read = LabelGroups()
        while !reader.isAtEnd { read.groups.append(try reader.group()) }
        add(read)
    }
}

extension NumberWriter {
    mutating func append(_ groups: LabelGroups) {
        append(Double(groups.groups.count))
        for group in groups.groups { append(group) }
    }

    fileprivate mutating func append(_ group: LabelGroups.Group) {
        for number in [group.rows, group.mean, group.spread, group.loss] { append(number) }
    }
}

extension NumberReader {
    mutating func groups() throws(CellCodingError) -> LabelGroups {
        var groups = LabelGroups()
        for _ in 0..<(try count()) { groups.append(try group()) }
        return groups
    }

    fileprivate mutating func group() throws(CellCodingError) -> LabelGroups.Group {
        LabelGroups.Group(
            rows: try number(),
            mean: try number(),
            spread: try number(),
            loss: try number()
        )
    }
}
