package import Evaluation

extension RecommendationQuery {
    /// What a recommendation is asked for: `model as_of without_shadows confirm cool_down`.
    ///
    /// - Throws: `ParameterFault`.
    package static func asking(_ parameters: Parameters) throws -> Asking<RecommendationQuery> {
        let asOf = try parameters.moment("as_of")
        let query = RecommendationQuery(
            model: parameters.name("model"),
            options: RetrainingOptions(
                confirmation: try parameters.value("confirm", ConfirmationText.confirmation)
                    ?? .once,
                coolDownSeconds: try parameters.value("cool_down", DurationText.seconds) ?? 0
            ),
            hasShadows: try !parameters.flag("without_shadows")
        )
        return { task in
            var query = query
            query.asOf = try asOf.instant(in: task)
            return query
        }
    }
}
