import Contract
import Evaluation
import Presentation

extension RecommendationPage {
    /// What training anew would have won, over time.
    var retrainingFigure: Figure? {
        guard let answer, answer.retrained.count > 1, let buckets = try? place.task.timeBuckets()
        else { return nil }
        let blocks = answer.retrained
        let model = answer.recommendation.model
        let loss = place.task.kind.cohortLoss.name
        let name = loss.prefix(1).uppercased() + loss.dropFirst()
        let retrained = answer.recommendation.retraining.retrained
        let gain = retrained?.gain.map(NumberText.told) ?? NumberText.none
        let texts = WindowText(task: place.task)
        return Figure(
            name: "retraining",
            id: "retraining",
            title: "Would retraining pay?",
            caption: place.caption(asOf: answer.recommendation.asOf),
            description:
                "\(name) of \(model) and of a model that is fitted anew every week, over \(blocks.count) blocks; the "
                + "mean gain of a row is \(gain).",
            reading: """
                <strong>How to read it.</strong> Each line is the mean over the last \(MovingMean.blocks) blocks of \
                matured days, on the same rows. The second one is of a small model that was fitted every week on the \
                score of \(model), the logged features and the slices of days whose labels were all due before. Where it \
                runs below, training anew would have won that much, and a larger model maybe more. After a break it \
                learns nothing until labels of the new time are due.
                """,
            chart: RetrainingChart(
                id: "retraining",
                valueTitle: "\(name) (lower is better)",
                champion: model,
                blocks: blocks,
                buckets: buckets
            ),
            numbers: numbers(blocks, texts),
            file: place.chart("retraining").with(asked)
        )
    }

    private func numbers(_ blocks: [RetrainedShadow.Block], _ texts: WindowText) -> NumberTable {
        var table = NumberTable([
            .text("start", "From"), .text("end", nil), .number("rows", "Rows"),
            .number("champion_loss", "Champion"), .number("retrained_loss", "Fitted anew"),
        ])
        table.rows = blocks.map { block in
            [
                NumberTable.Cell(texts.moment(block.start), .string(block.start.iso8601)),
                NumberTable.Cell(block.end.iso8601), .count(block.rows),
                .number(block.champion / Double(block.rows)),
                .number(block.retrained / Double(block.rows)),
            ]
        }
        return table
    }

    /// Both virtual shadows in numbers.
    func retraining(_ value: RetrainingValue) -> HTML {
        let rows = RetrainingTable(value).rows.map { name, virtual -> HTML in
            """
            <tr><th scope="row">\(name)</th><td class="n">\(NumberText.count(virtual.blocks))</td>\
            <td class="n">\(virtual.gain.map(NumberText.told) ?? NumberText.none)</td>\
            <td class="n">\(RetrainingTable.share(virtual))</td>\
            <td>\(virtual.paysSince?.iso8601 ?? "not sure")</td>\
            <td class="n">\(RetrainingTable.wonBack(virtual))</td>\
            <td>\(RetrainingTable.fit(virtual))</td></tr>
            """
        }
        guard !rows.isEmpty else { return .empty }
        return """
            <div class="scroll" role="region" aria-label="Would retraining pay" tabindex="0"><table>
            <caption>\(RetrainingTable.reading)</caption>
            <thead><tr><th scope="col">Of the champion</th><th scope="col" class="n">Blocks</th>\
            <th scope="col" class="n">Gain a row</th><th scope="col" class="n">Of the loss</th>\
            <th scope="col">Pays since</th><th scope="col" class="n">Won back</th>\
            <th scope="col">Fit</th></tr></thead>
            <tbody>
            \(HTML(rows))
            </tbody></table></div>
            """
    }
}
