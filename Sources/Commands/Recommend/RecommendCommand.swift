import ArgumentParser
import Contract
import Evaluation
import Harness
import Presentation
import Store

struct RecommendCommand: DatabaseCommand {
    static let configuration = CommandConfiguration(
        commandName: "recommend",
        abstract: "Keep the champion, recalibrate, retrain, or promote a shadow?",
        discussion: """
            Judged on matured days against the baseline, and safe to ask every day. Every answer is kept \
            with what it was concluded from (--history); --walk tells what would have been said day by \
            day. With --exit-code, for schedulers: 0 keep, 10 retrain, 11 recalibrate, 12 promote a \
            shadow, 20 not enough evidence.
            """
    )

    @OptionGroup var task: TaskOption

    @Option(help: ArgumentHelp("The model to judge (default: the champion).", valueName: "name"))
    var model: String?

    @Option(
        help: ArgumentHelp("As it was known at this instant.", valueName: "instant"),
        transform: Moment.init
    )
    var asOf: Moment?

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

    @Flag(help: "Let the exit status say the verdict.")
    var exitCode = false

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
        guard acknowledge != nil || !newBaseline else {
            throw ValidationError("--new-baseline goes with --acknowledge.")
        }
        guard asOf == nil || !history && walk == nil && acknowledge == nil else {
            throw ValidationError("--as-of does not go with --history, --walk or --acknowledge.")
        }
        guard (1...10_000).contains(limit) else {
            throw ValidationError("--limit must be from 1 to 10000.")
        }
    }

    func request() -> RemoteRequest {
        var query = RemoteQuery()
        if history {
            query.add("limit", "\(limit)")
            return RemoteRequest("GET", "tasks", task.task, "recommendations", query: query)
        }
        if let acknowledge {
            var json: JSONValue = [
                "note": .string(acknowledge), "new_baseline": .bool(newBaseline),
            ]
            if let model { json = json.adding(["model": .string(model)]) }
            return RemoteRequest("POST", "tasks", task.task, "acknowledgements", json: json)
        }
        query.add("model", model)
        query.add("without_shadows", withoutShadows)
        query.add("confirm", confirm.map(ConfirmationText.text))
        query.add("cool_down", coolDown.map(DurationText.text))
        if let walk {
            query.add("from", walk.from)
            query.add("to", walk.to)
            return RemoteRequest("GET", "tasks", task.task, "recommendation", "walk", query: query)
        }
        query.add("as_of", asOf)
        query.add("exit_code", exitCode)
        return RemoteRequest("GET", "tasks", task.task, "recommendation", query: query)
    }

    func result(_ context: CommandContext) async throws -> RecommendResult {
        let task = try await task.find(context)
        let query = RecommendationQuery(
            model: model.map { Name($0) },
            asOf: try asOf.instant(in: task),
            options: RetrainingOptions(
                confirmation: confirm ?? .once,
                coolDownSeconds: coolDown ?? 0
            ),
            hasShadows: !withoutShadows
        )
        let operation = Recommend(pool: context.pool, task: task, query: query)
        if history {
            let entries = try await RecommendationHistory(
                pool: context.pool,
                task: task,
                limit: limit
            ).run()
            return .history(RecommendationHistoryResult(task: task, entries: entries))
        }
        if let walk {
            return .walk(try await self.walk(walk.window(in: task), operation, context))
        }
        if let acknowledge {
            return .acknowledged(
                AcknowledgementResult(
                    task: task.name,
                    acknowledgement: try await operation.acknowledge(
                        note: acknowledge,
                        renewsBaseline: newBaseline
                    )
                )
            )
        }
        let answer = try await context.progress("judging") { _ in try await operation.run() }
        let other = try await KeepRecommendation(pool: context.pool, task: task)
            .run(answer, query: query)
        if let other {
            Terminal.writeError(
                "gnomon: \(RecommendationResult.warning(task: task.name, otherAnswer: other))\n"
            )
        }
        return .now(
            RecommendationResult(
                recommendation: answer.recommendation,
                givesVerdictAsStatus: exitCode
            )
        )
    }

    private func walk(
        _ days: Window,
        _ operation: Recommend,
        _ context: CommandContext
    ) async throws -> RecommendationWalkResult {
        try await context.progress("walking") { _ in
            RecommendationWalkResult(
                task: operation.task,
                days: days,
                steps: try await operation.walk(days)
            )
        }
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
}
