import Contract
import Evaluation
import Harness
package import Presentation

extension Endpoint where Answer == ComparisonResult {
    /// Answers whether a shadow is better than the champion, on the same requests.
    ///
    /// Parameters are those of `ComparisonQuery`, and `exit_code`.
    package static var comparison: Endpoint<ComparisonResult> {
        Endpoint(ofTask: "/comparison", turn: .decision) { asked in
            let asking = try ComparisonQuery.asking(asked.parameters)
            let givesStatus = try asked.parameters.flag("exit_code")
            return { task in (query: try asking(task), givesStatus: givesStatus) }
        } answer: { desk, task, question in
            ComparisonResult(
                report: try await CompareModels(
                    pool: desk.deciders,
                    task: task,
                    query: question.query
                ).run(),
                givesVerdictAsStatus: question.givesStatus
            )
        }
    }
}

extension Endpoint where Answer == PairListResult {
    /// The requests on which a champion and a shadow lie farthest apart.
    ///
    /// Parameters are those of `PairQuery`.
    package static var pairs: Endpoint<PairListResult> {
        Endpoint(ofTask: "/pairs") {
            try PairQuery.asking($0.parameters)
        } answer: { desk, task, query in
            PairListResult(
                page: try await ListPairs(pool: desk.readers, task: task, query: query).run()
            )
        }
    }
}

extension Endpoint where Answer == RecommendationResult {
    /// Answers whether to keep the champion, recalibrate, retrain, or promote a shadow, and keeps the answer.
    ///
    /// Parameters are those of `RecommendationQuery`, `exit_code`, `strict_slices` and `explain`.
    package static var recommendation: Endpoint<RecommendationResult> {
        Endpoint(ofTask: "/recommendation", turn: .decision) { asked in
            let asking = try RecommendationQuery.asking(asked.parameters)
            let givesStatus = try asked.parameters.flag("exit_code")
            let isStrict = try asked.parameters.flag("strict_slices")
            let explains = try asked.parameters.flag("explain")
            return { task in
                (
                    query: try asking(task), givesStatus: givesStatus, isStrict: isStrict,
                    explains: explains
                )
            }
        } answer: { desk, task, question in
            let answer = try await Recommend(
                pool: desk.deciders,
                task: task,
                query: question.query
            ).run()
            return RecommendationResult(
                recommendation: answer.recommendation,
                givesVerdictAsStatus: question.givesStatus,
                isStrictWithSlices: question.isStrict,
                explains: question.explains,
                otherAnswer: try await KeepRecommendation(pool: desk.deciders, task: task)
                    .run(answer, query: question.query)
            )
        }
    }
}

extension Endpoint where Answer == RecommendationWalkResult {
    /// Answers what would have been said on each day of an interval.
    package static var recommendationWalk: Endpoint<RecommendationWalkResult> {
        Endpoint(ofTask: "/recommendation/walk", turn: .decision) { asked in
            let asking = try RecommendationQuery.asking(asked.parameters)
            let range = try asked.parameters.range()
            guard range.from != nil, range.to != nil else {
                throw ParameterFault(
                    .unreadable,
                    "Give \(setting: "from") and \(setting: "to"), such as \(setting: "to", given: "2013-12-31")."
                )
            }
            return { task in (query: try asking(task), days: try range.window(in: task)) }
        } answer: { desk, task, question in
            RecommendationWalkResult(
                task: task,
                days: question.days,
                steps: try await Recommend(
                    pool: desk.deciders,
                    task: task,
                    query: question.query
                ).walk(question.days)
            )
        }
    }
}

extension Endpoint where Answer == RecommendationHistoryResult {
    /// The recommendations that were given, and what happened after.
    package static var recommendations: Endpoint<RecommendationHistoryResult> {
        Endpoint(ofTask: "/recommendations") {
            try $0.limit(upTo: 10_000, usual: 20)
        } answer: { desk, task, limit in
            RecommendationHistoryResult(
                task: task,
                entries: try await RecommendationHistory(
                    pool: desk.readers,
                    task: task,
                    limit: limit
                ).run()
            )
        }
    }
}

extension Endpoint where Answer == AcknowledgementResult {
    /// Somebody has dealt with an alarm.
    package static var acknowledgement: Endpoint<AcknowledgementResult> {
        Endpoint(.post, ofTask: "/acknowledgements", .admin, turn: .decision) { asked in
            let members = try asked.members(["note", "model", "new_baseline"])
            let model = try members.text("model").map { Name($0) }
            let note = try members.requiredText("note")
            let renewsBaseline = try members.flag("new_baseline") ?? false
            return { _ in (model: model, note: note, renewsBaseline: renewsBaseline) }
        } answer: { desk, task, deed in
            let (acknowledgement, accepted) = try await Recommend(
                pool: desk.deciders,
                task: task,
                query: RecommendationQuery(model: deed.model)
            ).acknowledge(
                note: deed.note,
                renewsBaseline: deed.renewsBaseline,
                author: desk.author
            )
            return AcknowledgementResult(
                task: task.name,
                acknowledgement: acknowledgement,
                accepted: accepted
            )
        }
    }
}

extension Endpoint where Answer == RecalibrationResult {
    /// The map that corrects a model's probabilities, validated on later days.
    package static var recalibration: Endpoint<RecalibrationResult> {
        Endpoint(ofTask: "/recalibration", turn: .decision) {
            try RecalibrationQuery.asking($0.parameters)
        } answer: { desk, task, query in
            RecalibrationResult(
                report: try await Recalibrate(pool: desk.deciders, task: task, query: query).run()
            )
        }
    }
}
