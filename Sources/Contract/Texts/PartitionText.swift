package import Evaluation

/// The width of table partitions: `7d`, `28d` or `364d`.
package enum PartitionText {
    /// - Throws: `TextError` that says what is allowed.
    package static func partition(_ text: String) throws -> PartitionDays {
        guard text.hasSuffix("d"), let days = Int16(text.dropLast()),
            let partition = PartitionDays(rawValue: days)
        else { throw TextError("A partition is 7d, 28d or 364d wide.") }
        return partition
    }

    package static func text(_ partition: PartitionDays) -> String { "\(partition.rawValue)d" }
}
