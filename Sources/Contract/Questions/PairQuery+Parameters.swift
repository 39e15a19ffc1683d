package import Evaluation

extension PairQuery {
    /// What pairs are asked for: `champion shadow from to slice as_of decided_differently limit`.
    ///
    /// - Throws: `ParameterFault`; of what is made, `ReversedWindow`.
    package static func asking(_ parameters: Parameters) throws -> Asking<PairQuery> {
        let range = try parameters.range()
        let asOf = try parameters.moment("as_of")
        let query = PairQuery(
            champion: parameters.name("champion"),
            shadow: parameters.name("shadow"),
            slice: try parameters.value("slice", SliceText.slice),
            decidedDifferently: try parameters.flag("decided_differently"),
            limit: try parameters.integer("limit", in: limits) ?? usualLimit
        )
        return { task in
            var query = query
            query.window = try range.window(in: task)
            query.asOf = try asOf.instant(in: task)
            return query
        }
    }
}
