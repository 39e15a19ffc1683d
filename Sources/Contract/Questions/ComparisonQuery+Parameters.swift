package import Evaluation

extension ComparisonQuery {
    /// What a comparison is asked for: `champion shadow metric margin minimum_gain from to as_of exact`.
    ///
    /// - Throws: `ParameterFault`; of what is made, `ReversedWindow`.
    package static func asking(_ parameters: Parameters) throws -> Asking<ComparisonQuery> {
        let range = try parameters.range()
        let asOf = try parameters.moment("as_of")
        let query = ComparisonQuery(
            champion: parameters.name("champion"),
            shadows: (parameters.list("shadow") ?? []).map { Name($0) },
            metric: parameters["metric"],
            options: ComparisonOptions(
                minimumGain: try parameters.number("minimum_gain", includingZero: true) ?? 0,
                margin: try parameters.number("margin", includingZero: false)
            ),
            isExact: try parameters.flag("exact")
        )
        return { task in
            var query = query
            query.window = try range.window(in: task)
            query.asOf = try asOf.instant(in: task)
            return query
        }
    }
}
