package import Contract
package import Evaluation

/// What to do about the champion.
package struct RecommendationResult: Presentable {
    package var recommendation: Recommendation
    package var givesVerdictAsStatus: Bool
    /// Whether a promotion that harms a slice has a status of its own.
    package var isStrictWithSlices: Bool
    /// Whether it is shown what correcting the scores and training anew would have won.
    package var explains: Bool
    /// When the same question was answered in other bytes before; `nil` where it was not.
    private let otherAnswer: Instant?

    package init(
        recommendation: Recommendation,
        givesVerdictAsStatus: Bool = false,
        isStrictWithSlices: Bool = false,
        explains: Bool = false,
        otherAnswer: Instant? = nil
    ) {
        self.recommendation = recommendation
        self.givesVerdictAsStatus = givesVerdictAsStatus
        self.isStrictWithSlices = isStrictWithSlices
        self.explains = explains
        self.otherAnswer = otherAnswer
    }

    package var status: ExitStatus {
        guard givesVerdictAsStatus else { return .done }
        return switch recommendation.verdict {
        case .keep: .done
        case .retrain: ExitStatus(code: 10)
        case .recalibrate: ExitStatus(code: 11)
        case .promote where isStrictWithSlices && !recommendation.warnings.isEmpty:
            ExitStatus(code: 13)
        case .promote: ExitStatus(code: 12)
        case .insufficientEvidence: ExitStatus(code: 20)
        }
    }

    package static func emphasis(_ verdict: RecommendationVerdict) -> TextStyle.Emphasis {
        switch verdict {
        case .keep: .good
        case .retrain, .promote: .bad
        case .recalibrate, .insufficientEvidence: .warning
        }
    }

    package var warnings: [String] {
        guard let otherAnswer else { return [] }
        return [
            "Warning: another answer to this question was given on \(otherAnswer.iso8601); see gnomon "
                + "recommend --task \(recommendation.task.name) --history."
        ]
    }

    package var headline: String {
        let model = recommendation.model
        return switch recommendation.verdict {
        case .keep: "Keep \(model)."
        case .retrain: "Retrain \(model)."
        case .recalibrate: "Recalibrate \(model)."
        case .promote: "Promote \(recommendation.shadow ?? "a shadow") in place of \(model)."
        case .insufficientEvidence: "Not enough evidence about \(model) yet."
        }
    }

    package var document: Document {
        var document = Document()
        document.heading(
            "\(recommendation.task.name), \(recommendation.model), as of "
                + WindowText.present(recommendation.asOf)
                + ReplayText.ending(recommendation.replay)
        )
        let since = recommendation.since.map { " Since \($0.iso8601)." } ?? ""
        document.paragraph(headline + since, Self.emphasis(recommendation.verdict))
        document.paragraph(recommendation.summary)
        document.space()
        for warning in recommendation.warnings { document.paragraph(warning, .warning) }
        for reason in recommendation.reasons { document.item(reason) }
        let note = AssumedChampion.note(
            recommendation.model,
            since: recommendation.championAssumedSince,
            of: recommendation.task,
            for: .terminal
        )
        if let note { document.item(note) }
        let contradictions = ContradictionNote.note(
            recommendation.contradictions,
            of: recommendation.task,
            for: .terminal
        )
        if let contradictions { document.item(contradictions) }
        if let note = ForgottenNote.note(recommendation.forgotten) { document.item(note) }
        let late = LateRowsNote.note(
            recommendation.ledger.lateRows,
            of: recommendation.task.name
        )
        if let late { document.item(late) }
        document.space()
        document.table(evidence)
        if explains {
            document.space()
            document.paragraph(RetrainingTable.title, .heading)
            document.table(RetrainingTable(recommendation.retraining).table)
            document.paragraph(RetrainingTable.reading)
        }
        if let window = recommendation.trainingWindow {
            document.space()
            document.paragraph(
                "To train on: \(window.lowerBound.iso8601) to \(window.upperBound.iso8601), "
                    + Self.trainingWindow
            )
        }
        if let recalibration {
            document.space()
            document.paragraph("The map that does it: " + recalibration)
        }
        return document
    }

    /// What the training window is.
    package static let trainingWindow = "from where the risk rose to the last matured day."

    /// The command that writes the map which recalibrates the model, where that is the verdict.
    package var recalibration: String? {
        recommendation.verdict == .recalibrate
            ? "gnomon recalibrate --task \(recommendation.task.name) --export map.json" : nil
    }

    private var evidence: TextTable {
        var table = TextTable([
            .left("evidence", repeated: true), .right("value"), .right("threshold"), .left("state"),
        ])
        for item in recommendation.evidence {
            let emphasis: TextStyle.Emphasis =
                switch item.state {
                case .alarm: .bad
                case .watch, .missing: .warning
                case .ok: .none
                }
            table.add([
                TextTable.Cell(item.name.replacing("_", with: " ")),
                TextTable.Cell(item.value.map(Self.number) ?? NumberText.none),
                TextTable.Cell(item.threshold.map(Self.number) ?? ""),
                TextTable.Cell(item.state.rawValue, emphasis),
            ])
        }
        return table
    }

    /// A number of the evidence, as the reasons have it; whole ones are counts.
    package static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e9
            ? NumberText.count(Int(value)) : NumberText.told(value)
    }

    package var json: JSONValue { recommendation.json }

    package var csv: CSVTable {
        var csv = CSVTable(["model", "verdict", "since", "evidence", "value", "threshold", "state"])
        csv.rows = recommendation.evidence.map {
            [
                .name(recommendation.model), .string(recommendation.verdict.rawValue),
                JSONValue(recommendation.since?.iso8601), .string($0.name), JSONValue($0.value),
                JSONValue($0.threshold), .string($0.state.rawValue),
            ]
        }
        return csv
    }
}
