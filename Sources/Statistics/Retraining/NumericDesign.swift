/// The columns of a design that stand for a quantity: a linear one, and an indicator of each bin.
struct NumericDesign: Sendable, Hashable {
    let scale: Standardisation
    /// Bin k holds (e_{k−1}, e_k], both ends open.
    let edges: [Double]

    var width: Int { edges.count + 2 }

    func bin(_ number: Double) -> Int { edges.partitioningIndex { $0 >= number } }
}

extension NumericDesign {
    private static let mostCategories = 8
    private static let bins = 8

    /// Has none for 8 distinct numbers or fewer, which are categories.
    ///
    /// - Parameter sorted: Ascending numbers, of magnitudes up to 1e60.
    init?(sorted: [Double]) {
        let distinct = 1 + zip(sorted, sorted.dropFirst()).count { $0 < $1 }
        guard distinct > Self.mostCategories else { return nil }
        self.init(
            scale: Standardisation(sorted: sorted),
            edges: quantileEdges(sorted: sorted, cells: Self.bins)
        )
    }
}
