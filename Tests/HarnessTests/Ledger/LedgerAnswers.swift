import Contract
import Evaluation
import Harness

/// What is decided of a history as of one day.
struct LedgerAnswers {
    var digest: String
    var recommendation: Recommendation
    var comparison: Comparison

    init(_ laboratory: Laboratory, asOf: Instant?) async throws {
        let (pool, task) = (laboratory.pool, laboratory.task)
        let answer = try await Recommend(
            pool: pool,
            task: task,
            query: RecommendationQuery(asOf: asOf)
        ).run()
        let report = try await CompareModels(
            pool: pool,
            task: task,
            query: ComparisonQuery(asOf: asOf)
        ).run()
        digest = answer.ledger.digest
        recommendation = answer.recommendation
        comparison = report.comparisons[0]
    }

    var ledger: LedgerSummary { recommendation.ledger }

    /// Whether somebody would act otherwise than on another answer, and is not told why.
    func isSilentlyOther(than other: LedgerAnswers) -> Bool {
        let reasons = recommendation.reasons.joined() + comparison.reasons.joined()
        let isSaid =
            ledger.lateRows > 0 && reasons.contains("after an answer had used")
        let isOtherVerdict =
            recommendation.verdict != other.recommendation.verdict
            && recommendation.verdict != .insufficientEvidence && !recommendation.hasAlarm
            || comparison.verdict != other.comparison.verdict && comparison.verdict != .undecided
        return digest != other.digest && !isSaid || isOtherVerdict
    }
}

extension LedgerAnswers {
    /// Whether the verdicts and all that they rest on are the same, whatever is shown beside: the metrics of one look, and
    /// what corrections would say, are of the rows that are known by now.
    func isDecided(as other: LedgerAnswers) -> Bool {
        func decided(_ answers: LedgerAnswers) -> [Evidence] {
            answers.recommendation.evidence.filter {
                ![.latePredictions, .lateLabels, .restatedLogEvidence].contains($0.measure)
            }
        }
        return digest == other.digest && ledger == other.ledger
            && recommendation.verdict == other.recommendation.verdict
            && recommendation.summary == other.recommendation.summary
            && decided(self) == decided(other)
            && comparison.verdict == other.comparison.verdict
            && comparison.sequence == other.comparison.sequence
    }

    /// Whether the verdicts and all that they rest on are the same, of tasks that need not have one name.
    func isAsIf(_ other: LedgerAnswers) -> Bool {
        recommendation.verdict == other.recommendation.verdict
            && recommendation.summary == other.recommendation.summary
            && recommendation.evidence == other.recommendation.evidence
            && recommendation.trainingWindow == other.recommendation.trainingWindow
            && comparison.verdict == other.comparison.verdict
            && comparison.sequence == other.comparison.sequence
            && comparison.path == other.comparison.path
    }
}
