/// That prediction ids look like repeats of the same entities.
package struct EntityHint: Sendable, Equatable {
    package var prefixes: Int
    /// Whether it is the number of the prefixes of a part, multiplied.
    package var isEstimate: Bool
    package var example: String
    /// On which a prefix comes back, on average.
    package var days: Double
    /// How many ids were looked at, where these are not all.
    package var ids: Int?

    package init(
        prefixes: Int,
        isEstimate: Bool = false,
        example: String,
        days: Double,
        ids: Int? = nil
    ) {
        self.prefixes = prefixes
        self.isEstimate = isEstimate
        self.example = example
        self.days = days
        self.ids = ids
    }

    /// A question, for whoever knows what the ids mean.
    package var sentence: String {
        let place = ids.map { " in the first \($0) rows" } ?? ""
        return """
            The prediction ids look like repeats of the same entities: \(isEstimate ? "about " : "")\(prefixes) prefixes \
            such as "\(example)" come back\(place), each on \(daysText) days on average. If each \
            stands for one customer, machine or the like, send it as the column entity, so that evidence counts entities \
            and not rows.
            """
    }

    /// With a decimal where there is one.
    private var daysText: String {
        let tenths = Int((days * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
