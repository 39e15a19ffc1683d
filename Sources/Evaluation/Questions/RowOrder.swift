package enum RowOrder: String, Sendable, CaseIterable {
    /// By time, then by key, then by model.
    case time
    /// The largest loss first; what has none is left out.
    case worst
}
