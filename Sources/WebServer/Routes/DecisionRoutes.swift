import Contract
import Evaluation
import Harness
import HTTPTypes
import Presentation

/// What follows from reports: comparisons, recommendations, recalibration.
struct DecisionRoutes: Sendable {
    let backend: Backend

    var routes: [Route] {
        let task = "/v1/tasks/{task}"
        return [
            Route(.get, "\(task)/comparison", .scope(.read), DecisionDocumentation.comparison) {
                try await comparison($0)
            },
            Route(
                .get,
                "\(task)/recommendation",
                .scope(.read),
                DecisionDocumentation.recommendation
            ) { try await recommendation($0) },
            Route(
                .get,
                "\(task)/recommendation/walk",
                .scope(.read),
                DecisionDocumentation.walk
            ) { try await walk($0) },
            Route(
                .get,
                "\(task)/recommendations",
                .scope(.read),
                DecisionDocumentation.history
            ) { try await history($0) },
            Route(
                .post,
                "\(task)/acknowledgements",
                .scope(.admin),
                DecisionDocumentation.acknowledge
            ) { try await acknowledge($0) },
            Route(
                .get,
                "\(task)/recalibration",
                .scope(.read),
                DecisionDocumentation.recalibration
            ) { try await recalibration($0) },
            Route(.post, "\(task)/maturing", .scope(.admin), DecisionDocumentation.maturing) {
                try await maturing($0)
            },
            Route(.post, "\(task)/pruning", .scope(.admin), DecisionDocumentation.pruning) {
                try await pruning($0)
            },
        ]
    }

    private func comparison(_ call: Call) async throws -> Answer {
        let query = call.query
        return try await backend.decisions.pass {
            let task = try await backend.task(call)
            let margin = try query.number("margin", above: 0, isIncluded: false)
            let minimumGain = try query.number("minimum_gain", above: 0, isIncluded: true) ?? 0
            let report = try await CompareModels(
                pool: backend.deciders,
                task: task,
                query: ComparisonQuery(
                    champion: query.name("champion"),
                    shadows: (query.list("shadow") ?? []).map { Name($0) },
                    metric: query["metric"],
                    options: ComparisonOptions(minimumGain: minimumGain, margin: margin),
                    window: try query.window(in: task),
                    asOf: try query.instant("as_of", in: task),
                    isExact: try query.flag("exact")
                )
            ).run()
            return Answer(
                ComparisonResult(
                    report: report,
                    givesVerdictAsStatus: try query.flag("exit_code")
                ),
                for: call
            ).tagged(by: report.json, for: call)
        }
    }

    // MARK: - Recommendations

    private func question(_ call: Call, _ task: PredictionTask) throws -> RecommendationQuery {
        let query = call.query
        return RecommendationQuery(
            model: query.name("model"),
            asOf: try query.instant("as_of", in: task),
            options: RetrainingOptions(
                confirmation: try query.value("confirm", ConfirmationText.confirmation) ?? .once,
                coolDownSeconds: try query.value("cool_down", DurationText.seconds) ?? 0
            ),
            hasShadows: try !query.flag("without_shadows")
        )
    }

    private func recommendation(_ call: Call) async throws -> Answer {
        try await backend.decisions.pass {
            let task = try await backend.task(call)
            let question = try question(call, task)
            let answer = try await Recommend(pool: backend.deciders, task: task, query: question)
                .run()
            let other = try await KeepRecommendation(pool: backend.deciders, task: task)
                .run(answer, query: question)
            let warning = other.map {
                RecommendationResult.warning(task: task.name, otherAnswer: $0)
            }
            return Answer(
                RecommendationResult(
                    recommendation: answer.recommendation,
                    givesVerdictAsStatus: try call.query.flag("exit_code")
                ),
                for: call,
                warnings: [warning].compactMap(\.self)
            ).tagged(by: answer.recommendation.json, for: call)
        }
    }

    private func walk(_ call: Call) async throws -> Answer {
        try await backend.decisions.pass {
            let task = try await backend.task(call)
            let query = call.query
            let window = try query.window(in: task)
            guard window.from != nil, window.to != nil else {
                throw Problem(.invalidRequest, "Give from and to, such as to=2013-12-31.")
            }
            let steps = try await Recommend(
                pool: backend.deciders,
                task: task,
                query: try question(call, task)
            ).walk(window)
            return Answer(
                RecommendationWalkResult(task: task, days: window, steps: steps),
                for: call
            )
        }
    }

    private func history(_ call: Call) async throws -> Answer {
        try await backend.questions.pass {
            let task = try await backend.task(call)
            let entries = try await RecommendationHistory(
                pool: backend.readers,
                task: task,
                limit: try call.query.integer("limit", in: 1...10_000) ?? 20
            ).run()
            return Answer(RecommendationHistoryResult(task: task, entries: entries), for: call)
        }
    }

    private func acknowledge(_ call: Call) async throws -> Answer {
        let (json, _) = try await JSONDocument.read(call, backend.limits)
        let members = try Members(json, allowed: ["note", "model", "new_baseline"])
        return try await backend.decisions.pass {
            let task = try await backend.task(call)
            let question = Recommend(
                pool: backend.deciders,
                task: task,
                query: RecommendationQuery(model: try members.text("model").map { Name($0) })
            )
            do {
                let acknowledgement = try await question.acknowledge(
                    note: try members.requiredText("note"),
                    renewsBaseline: try members.flag("new_baseline") ?? false,
                    author: call.identity.author
                )
                return Answer(
                    AcknowledgementResult(task: task.name, acknowledgement: acknowledgement),
                    for: call
                )
            } catch let error as HarnessError {
                // A command line elsewhere ends as one here does.
                if case .output = call.form { throw error }
                throw Problem.ofBody(error)
            }
        }
    }

    // MARK: - Recalibration and cohorts

    private func recalibration(_ call: Call) async throws -> Answer {
        try await backend.decisions.pass {
            let task = try await backend.task(call)
            let report = try await Recalibrate(
                pool: backend.deciders,
                task: task,
                model: call.query.name("model"),
                method: try call.query.choice("method") ?? .platt,
                interval: try Self.interval(call.query, task),
                asOf: try call.query.instant("as_of", in: task)
            ).run()
            return Answer(RecalibrationResult(report: report), for: call)
                .tagged(by: report.json, for: call)
        }
    }

    private static func interval(
        _ query: Query,
        _ task: PredictionTask
    ) throws -> Window? {
        let window = try query.window(in: task)
        guard (window.from == nil) == (window.to == nil) else {
            throw Problem(.invalidValue, "from and to go together.")
        }
        return window == .always ? nil : window
    }

    private func maturing(_ call: Call) async throws -> Answer {
        try await backend.decisions.pass {
            let task = try await backend.task(call)
            let (cohorts, asOf) = try await MatureCohorts(pool: backend.deciders, task: task).run()
            return Answer(
                MatureResult(task: task.name, asOf: asOf, cohorts: cohorts),
                for: call
            )
        }
    }

    private func pruning(_ call: Call) async throws -> Answer {
        try await backend.decisions.pass {
            let isDryRun = try call.query.flag("dry_run")
            let (report, asOf, removed) = try await Prune(
                pool: backend.deciders,
                task: try await backend.task(call),
                isDryRun: isDryRun,
                author: call.identity.author
            ).run()
            return Answer(
                PruneResult(report: report, asOf: asOf, isDryRun: isDryRun, removed: removed),
                for: call
            )
        }
    }
}
