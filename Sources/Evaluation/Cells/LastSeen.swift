extension [CellKey: CellTotals] {
    /// The last time bucket in which each model has predictions; without those that have none.
    ///
    /// `versions` are those of each model.
    package func lastSeen(_ versions: [Name: Set<Int32>], kind: TaskKind) -> [Name: Int32] {
        let active = filter { ModelTotals(kind: kind, $0.value).predictions > 0 }.keys
        return versions.compactMapValues { own in
            active.lazy.filter { own.contains($0.version) }.map(\.bucket).max()
        }
    }
}
