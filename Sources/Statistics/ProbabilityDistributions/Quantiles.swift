/// The quantile of sorted values by linear interpolation between order statistics (type 7).
///
/// - Parameters:
///   - sorted: n ≥ 1 ascending values.
///   - share: From 0 to 1.
/// - Returns: The quantile.
package func quantile(sorted: [Double], _ share: Double) -> Double {
    let position = share * Double(sorted.count - 1)
    let below = min(Int(position), sorted.count - 1)
    guard below + 1 < sorted.count else { return sorted[below] }
    let fraction = position - Double(below)
    return sorted[below] + fraction * (sorted[below + 1] - sorted[below])
}
