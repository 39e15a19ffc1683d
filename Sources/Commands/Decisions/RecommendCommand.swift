import ArgumentParser
import Contract
import Endpoints
import Evaluation
import Presentation

struct RecommendCommand: DatabaseCommand {
    static let configuration = CommandConfiguration(
        commandName: "recommend",
        abstract: "Keep the champion, recalibrate, retrain, or promote a shadow?",
        discussion: """
            Judged on matured days against the baseline, and safe to ask every day. Every answer is kept \
            with what it was concluded from (--history); --walk tells what would have been said day by \
            day. With --exit-code, for schedulers: 0 keep, 10 retrain, 11 recalibrate, 12 promote a \
            shadow, 20 not enough evidence; with --strict-slices 13 for a shadow that surely harms a slice.
            """
    )

    @OptionGroup var task: TaskOption

    @Option(help: ArgumentHelp("The model to judge (default: the champion).", valueName: "name"))
    var model: String?

    @OptionGroup var known: AsOfOption

    @Flag(help: "Judge the champion alone, as if it had no shadows.")
    var withoutShadows = false

    @Option(
        help: ArgumentHelp(
            "Raise the alarm only if it stands in k of the last n blocks.",
            valueName: "k/n"
        ),
        transform: ConfirmationText.confirmation
    )
    var confirm: Confirmation?

    @Option(
        help: ArgumentHelp(
            "Raise no alarm for so long after the watch was armed anew.",
            valueName: "14d"
        ),
        transform: DurationText.seconds
    )
    var coolDown: Int64?

    @Flag(help: "Show what correcting the scores and training anew would have won.")
    var explain = false

    @Flag(help: "Let the exit status say the verdict.")
    var exitCode = false

    @Flag(help: "With --exit-code: 13 where the shadow to promote surely harms a slice.")
    var strictSlices = false

    @Flag(help: "Show the recommendations that were given, and what happened after.")
    var history = false

    @Option(help: ArgumentHelp("With --history: the newest so many.", valueName: "n"))
    var limit = 20

    @Option(
        help: ArgumentHelp(
            "Show what would have been said on each day; only changes are shown.",
            valueName: "from..to"
        ),
        transform: MomentRange.init
    )
    var walk: MomentRange?

    @Option(
        help: ArgumentHelp(
            "Say that the alarm is dealt with, and why; the watch starts anew.",
            valueName: "note"
        )
    )
    var acknowledge: String?

    @Flag(help: "With --acknowledge: take what follows as the new normal.")
    var newBaseline = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    func validate() throws {
        guard [history, walk != nil, acknowledge != nil].count(where: { $0 }) <= 1 else {
            throw ValidationError("--history, --walk and --acknowledge are different questions.")
        }
        guard exitCode || !strictSlices else {
            throw ValidationError("--strict-slices goes with --exit-code.")
        }
        guard acknowledge != nil || !newBaseline else {
            throw ValidationError("--new-baseline goes with --acknowledge.")
        }
        guard known.asOf == nil || !history && walk == nil && acknowledge == nil else {
            throw ValidationError("--as-of does not go with --history, --walk or --acknowledge.")
        }
        guard !explain || !history && walk == nil && acknowledge == nil else {
            throw ValidationError("--explain does not go with --history, --walk or --acknowledge.")
        }
        guard acknowledge == nil || !withoutShadows && confirm == nil && coolDown == nil else {
            throw ValidationError(
                "--without-shadows, --confirm and --cool-down do not go with --acknowledge."
            )
        }
        try Endpoint.recommendations.check(pastAsked)
    }

    func execute(on service: RemoteService) async throws {
        if history { return try await show(.recommendations, pastAsked, on: service) }
        if let acknowledge {
            return try await show(.acknowledgement, acknowledging(acknowledge), on: service)
        }
        if let walk { return try await show(.recommendationWalk, walking(walk), on: service) }
        try await show(.recommendation, presentAsked, on: service)
    }

    func result(_ context: CommandContext) async throws -> RecommendResult {
        if history {
            return .history(
                try await answer(.recommendations, pastAsked, context, showing: "looking back")
            )
        }
        if let acknowledge {
            return .acknowledged(
                try await answer(
                    .acknowledgement,
                    acknowledging(acknowledge),
                    context,
                    showing: "writing"
                )
            )
        }
        if let walk {
            return .walk(
                try await answer(.recommendationWalk, walking(walk), context, showing: "walking")
            )
        }
        return .now(try await answer(.recommendation, presentAsked, context, showing: "judging"))
    }

    // MARK: - What is asked

    var pastAsked: Asked {
        Asked(path: ["task": task.task], parameters: Parameters(["limit": "\(limit)"]))
    }

    var presentAsked: Asked {
        var parameters = watch
        known.add(to: &parameters)
        parameters.add("explain", explain)
        parameters.add("exit_code", exitCode)
        parameters.add("strict_slices", strictSlices)
        return Asked(path: ["task": task.task], parameters: parameters)
    }

    func walking(_ range: MomentRange) -> Asked {
        var parameters = watch
        parameters.add("from", range.from)
        parameters.add("to", range.to)
        return Asked(path: ["task": task.task], parameters: parameters)
    }

    func acknowledging(_ note: String) -> Asked {
        var body: JSONValue = ["note": .string(note), "new_baseline": .bool(newBaseline)]
        if let model { body = body.adding(["model": .string(model)]) }
        return Asked(path: ["task": task.task], body: body)
    }

    private var watch: Parameters {
        var parameters = Parameters()
        parameters.add("model", model)
        parameters.add("without_shadows", withoutShadows)
        parameters.add("confirm", confirm.map(ConfirmationText.text))
        parameters.add("cool_down", coolDown.map(DurationText.text))
        return parameters
    }
}

/// What `recommend` answers, by the question.
enum RecommendResult: Presentable {
    case now(RecommendationResult)
    case history(RecommendationHistoryResult)
    case walk(RecommendationWalkResult)
    case acknowledged(AcknowledgementResult)

    private var answer: any Presentable {
        switch self {
        case .now(let result): result
        case .history(let result): result
        case .walk(let result): result
        case .acknowledged(let result): result
        }
    }

    var document: Document { answer.document }
    var json: JSONValue { answer.json }
    var csv: CSVTable { answer.csv }
    var status: ExitStatus { answer.status }
    var failure: String? { answer.failure }
    var warnings: [String] { answer.warnings }
}
