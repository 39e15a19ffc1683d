import Evaluation

extension ComparisonTests {
    /// Tests of a task; the task says why there is none.
    typealias OfTask = (tests: ComparisonTests, task: PredictionTask)

    static let shape = Shape<OfTask>.object(
        "Tests that hold for one look, or count rows as units; shown, and not decided by.",
        [
            .member(
                "mcnemar",
                test(
                    of: "mid_p",
                    "one look, rows as units",
                    reason: { $0.tests.mcNemarMidP == nil ? ofPairs : nil },
                    [
                        .member("mid_p", .orNull(.share), "Mid-p of McNemar.") {
                            $0.tests.mcNemarMidP
                        },
                        .member("champion_right_only", .count) { $0.tests.championRightOnly },
                        .member("shadow_right_only", .count) { $0.tests.shadowRightOnly },
                    ]
                )
            ) { $0 },
            .member(
                "delong",
                test(
                    of: "p",
                    "one look, rows as units",
                    reason: { $0.tests.deLongP == nil ? deLongReason($0.task) : nil },
                    [
                        .member(
                            "z",
                            .orNull(.number),
                            "Positive when the area of the shadow is larger."
                        ) { $0.tests.deLongZ },
                        .member("p", .orNull(.share)) { $0.tests.deLongP },
                    ]
                )
            ) { $0 },
            .member(
                "row_t",
                test(
                    "t",
                    "t of the mean gain with rows as units. " + gainSide,
                    "one look, rows as units",
                    otherwise: ofGains
                ) { $0.rowT }
            ) { $0 },
            .member(
                "day_t",
                test(
                    "t",
                    "t of the mean gain with days as units. " + gainSide,
                    "one look, days as units",
                    otherwise: ofGains
                ) { $0.dayT }
            ) { $0 },
            .member(
                "anytime_mcnemar",
                test(
                    "log_e_value",
                    logEvidence,
                    "at every look, rows as units",
                    otherwise: ofPairs
                ) { $0.anytimeMcNemarLogE }
            ) { $0 },
            .member(
                "range_adaptive_rows",
                test(
                    "log_e_value",
                    logEvidence,
                    "at every look, rows as units",
                    otherwise: "for the Brier score, with labelled pairs"
                ) { $0.rowBernsteinLogE }
            ) { $0 },
        ]
    ).named("tests")

    private static let gainSide = "Positive when the shadow is better."
    private static let logEvidence = "Natural logarithm of its evidence that the models differ."
    private static let ofPairs = "for binary tasks, with labelled pairs"
    private static let ofGains =
        "needs labelled pairs with different gains, of a metric that each row has"

    private static func deLongReason(_ task: PredictionTask) -> String {
        task.kind.has(.areas)
            ? "taken from rows, with --exact, and only where both classes occur"
            : "for binary tasks"
    }

    /// A test of one number.
    private static func test(
        _ name: String,
        _ meaning: String,
        _ note: String,
        otherwise reason: String,
        _ value: @escaping @Sendable (ComparisonTests) -> Double?
    ) -> Shape<OfTask> {
        test(
            of: name,
            note,
            reason: { value($0.tests) == nil ? reason : nil },
            [.member(name, .orNull(.number), meaning) { value($0.tests) }]
        )
    }

    /// A test: its numbers, what it assumes, and why there is none.
    private static func test(
        of name: String,
        _ note: String,
        reason: @escaping @Sendable (OfTask) -> String?,
        _ members: [Shape<OfTask>.Member]
    ) -> Shape<OfTask> {
        .object(
            rules: JSONValue.reason(where: name),
            members + [
                .member("note", .constant(note), "What the test assumes.") { _ in },
                .reason(reason),
            ]
        )
    }
}
