package import Evaluation

extension CalibrationQuery {
    /// What a reliability diagram is asked for: `bins`, and `from to model slice as_of exact`.
    ///
    /// - Throws: `ParameterFault`; of what is made, `ReversedWindow`.
    package static func asking(_ parameters: Parameters) throws -> Asking<CalibrationQuery> {
        let report = try ReportQuery.asking(parameters)
        let bins = try parameters.integer("bins", in: 2...finestBins) ?? usualBins
        guard finestBins % bins == 0 else {
            throw ParameterFault(
                .unreadable,
                "\(setting: "bins", given: "\(bins)") must divide \(finestBins), such as 10, 15 or 20."
            )
        }
        return { CalibrationQuery(report: try report($0), bins: bins) }
    }
}
