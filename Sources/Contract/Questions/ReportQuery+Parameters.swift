package import Evaluation

extension ReportQuery {
    /// What a report is asked for: `from to model slice as_of exact by by_version`.
    ///
    /// - Returns: The question, with all metrics.
    /// - Throws: `ParameterFault`; of what is made, `ReversedWindow`.
    package static func asking(_ parameters: Parameters) throws -> Asking<ReportQuery> {
        let range = try parameters.range()
        let asOf = try parameters.moment("as_of")
        let query = ReportQuery(
            period: try parameters.choice("by") ?? .all,
            model: parameters.name("model"),
            byVersion: try parameters.flag("by_version"),
            slice: try parameters.value("slice", SliceText.slice),
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
