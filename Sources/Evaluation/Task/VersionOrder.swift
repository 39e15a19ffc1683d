/// The order of model versions by model name, then by version: the same in every database.
package struct VersionOrder: Sendable {
    private var ranks: [Int32: Int32] = [:]

    package init(_ dictionary: TaskDictionary) {
        let sorted = dictionary.versions.sorted { $0.value.sortsBefore($1.value) }
        for (rank, entry) in sorted.enumerated() { ranks[entry.key] = Int32(rank) }
    }

    package func rank(_ version: Int32) -> Int32 {
        ranks[version] ?? .max
    }
}
