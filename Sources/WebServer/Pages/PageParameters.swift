import Contract

/// What pages take; they stand in no documentation of the API, and their parameters are checked all the same.
enum PageParameters {
    /// What a page of windows is about.
    static let chosen: [Operation.Parameter] = [
        .init("metric", "The metric.", example: "brier_score"),
        .init("by", "day, week or month.", example: "week"),
        .init("model", "One model.", example: "champion"),
        .init("slice", "One slice, as key=value.", example: "origin=JFK"),
        .init("from", "From this date or instant on.", example: "2013-01-01"),
        .init("to", "Up to this date or instant.", example: "2013-02-01"),
    ]

    static let exact = Operation.Parameter(
        "exact",
        "Read the rows for what is not exact from cells.",
        schema: CommonParameters.flag,
        example: true
    )

    static let bins = Operation.Parameter(
        "bins",
        "How many bins.",
        schema: ["type": "integer"],
        example: 10
    )

    static let comparison = asked(of: DecisionDocumentation.comparison)
    static let pairs = asked(of: PairDocumentation.pairs)
    static let recommendation = asked(of: DecisionDocumentation.recommendation)

    /// What a drawing takes: all that its page takes.
    static let figure =
        chosen + [exact, bins]
        + (comparison + recommendation).filter { parameter in
            !(chosen + [exact]).contains { $0.name == parameter.name }
        }

    /// A page takes what the question takes, but for what means something to a command line only.
    private static func asked(of operation: Operation) -> [Operation.Parameter] {
        operation.parameters.filter {
            $0.place == .query && $0.name != CommonParameters.asOf.name
                && !DecisionDocumentation.ofCommands.map(\.name).contains($0.name)
        }
    }
}

extension [Operation.Parameter] {
    func without(_ names: String...) -> Self { filter { !names.contains($0.name) } }
}

extension Operation {
    /// What is said of a page or of a file that pages load.
    static func page(_ id: String, _ summary: String, _ parameters: [Parameter]) -> Operation {
        Operation(
            id,
            summary,
            tag: .service,
            parameters: parameters,
            success: .init("The page.", nil)
        )
    }
}
