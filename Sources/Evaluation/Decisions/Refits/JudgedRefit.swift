import Statistics

/// What a model that was fitted on earlier days would have lost in a week, beside the champion on the same rows.
package struct JudgedRefit: Sendable, Equatable {
    /// A day of the week, of the rows that were looked at.
    package struct Day: Sendable, Equatable {
        /// The local date, in days since 1970-01-01.
        package var date: Int32
        package var rows: Int
        /// The sums of the losses.
        package var champion: Double
        package var retrained: Double

        package init(date: Int32, rows: Int, champion: Double, retrained: Double) {
            self.date = date
            self.rows = rows
            self.champion = champion
            self.retrained = retrained
        }
    }

    /// The rows and the features that the model was fitted on.
    package var fittedRows: Int
    package var features: Int
    /// In event order; none where no model could be fitted.
    package var days: [Day]

    package init(fittedRows: Int, features: Int, days: [Day]) {
        self.fittedRows = fittedRows
        self.features = features
        self.days = days
    }

    /// The most features that a model is fitted on: those that most rows have.
    private static let mostFeatures = 40

    /// Fits a model for a week and judges it on the week's days.
    ///
    /// - Parameters:
    ///   - week: The week.
    ///   - rows: The rows of all its days, by local date.
    ///   - task: The task.
    package init(_ week: RefitWeek, rows: [Int32: RefitRowsOfDay], task: PredictionTask) {
        let window = week.fitted.reversed().flatMap { rows[$0.number]?.rows ?? [] }
        let names = Self.names(window)
        let training = try? task.kind.scoring.retrainingRows(
            scores: window.map(\.score),
            outcomes: window.map { task.kind.scoring.outcome($0.label, of: task) },
            features: names.map { name in
                FeatureColumn(
                    name: name.text,
                    values: window.map { $0.features.values[name] }
                )
            }
        )
        (fittedRows, features, days) = (window.count, names.count, [])
        guard let model = training.flatMap(RetrainedModel.fit) else { return }
        let fitted = model.featureNames.map { Name($0) }
        days = week.judged.compactMap { day in
            let judged = rows[day.number]?.rows ?? []
            var sums = Day(date: day.number, rows: judged.count, champion: 0, retrained: 0)
            for row in judged {
                let score = model.score(
                    champion: row.score,
                    features: fitted.map { row.features.values[$0] }
                )
                sums.champion += task.cohortLoss(row.score, label: row.label)
                sums.retrained += task.cohortLoss(score, label: row.label)
            }
            return judged.isEmpty ? nil : sums
        }
    }

    private static func names(_ rows: [RefitRows.Row]) -> [Name] {
        var counts: [Name: Int] = [:]
        for row in rows {
            for name in row.features.values.keys { counts[name, default: 0] += 1 }
        }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .prefix(mostFeatures).map(\.key).sorted()
    }
}
