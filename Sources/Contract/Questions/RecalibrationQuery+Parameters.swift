package import Evaluation

extension RecalibrationQuery {
    /// What a recalibration is asked for: `model method from to as_of`.
    ///
    /// - Throws: `ParameterFault`; of what is made, `ReversedWindow`.
    package static func asking(_ parameters: Parameters) throws -> Asking<RecalibrationQuery> {
        let range = try parameters.range()
        let asOf = try parameters.moment("as_of")
        let query = RecalibrationQuery(
            model: parameters.name("model"),
            method: try parameters.choice("method") ?? .platt
        )
        guard (range.from == nil) == (range.to == nil) else {
            throw ParameterFault(
                .impossible,
                "\(setting: "from") and \(setting: "to") go together."
            )
        }
        return { task in
            var query = query
            query.interval = range.from == nil ? nil : try range.window(in: task)
            query.asOf = try asOf.instant(in: task)
            return query
        }
    }
}
