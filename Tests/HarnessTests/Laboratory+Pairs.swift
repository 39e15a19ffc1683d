import Evaluation
import Harness
import Postgres
import Store
import TestSupport

/// Tasks with many models.
extension Laboratory {
    static func parade(
        _ name: Name,
        retentionDays: Int64? = nil,
        unit: EvidenceUnitRule = .day
    ) -> PredictionTask {
        PredictionTask(
            name: name,
            kind: .binary,
            horizonSeconds: 5 * 86_400,
            sliceKeys: ["country"],
            evidenceUnit: unit,
            partitionDays: .week,
            retentionSeconds: retentionDays.map { $0 * 86_400 }
        )
    }

    /// Some requests a day, each scored by all models and labelled a day later.
    func upload(models: [Name], days: Range<Int>, requests: Int = 3) async throws {
        var predictions = "prediction_id,predicted_at,known_at,model,score,country,entity\n"
        var labels = "prediction_id,observed_at,known_at,label\n"
        for day in days {
            for request in 0..<requests {
                let second = Int64(day) * 86_400 + Int64(request) * 3_600
                let at = Instant(seconds: 1_704_067_200 + second)
                let id = "id-\(day)-\(request)"
                for (number, model) in models.enumerated() {
                    let score = (day * 31 + request * 17 + number * 7) % 89 + 10
                    predictions += "\(id),\(at.iso8601),\(at.iso8601),\(model),0.\(score),"
                    predictions += "\(["DE", "FR"][request % 2]),e\((day + request) % 9)\n"
                }
                let later = at.advanced(bySeconds: 86_400).iso8601
                labels += "\(id),\(later),\(later),\((day + request) % 2)\n"
            }
        }
        try await self.predictions(.text(predictions), backfill: true)
        try await self.labels(.text(labels), backfill: true)
    }

    func setRole(_ model: Name, _ role: ModelRole = .champion) async throws {
        try await SetRole(pool: pool, task: task).run(
            model: model,
            role: role,
            from: Instant(seconds: 0)
        )
    }

    func compare(_ query: ComparisonQuery = ComparisonQuery()) async throws -> ComparisonReport {
        try await CompareModels(pool: pool, task: task, query: query).run()
    }

    /// The names of the models that keep their pairs.
    func pairKeepers() async throws -> Set<Name> {
        try await pool.withConnection { connection in
            let keepers = try await PairKeeperStore(connection, task: task).all()
            let models = try await DictionaryStore(connection).models(of: task)
            return Set(models.filter { keepers.contains($0.value) }.keys)
        }
    }

    /// Stored paired cells, and what cohorts hold of pairs, as text by the names of the models.
    func pairTexts() async throws -> [String: String] {
        try await pool.withConnection { connection in
            let dictionary = try await DictionaryStore(connection).load(task)
            func name(_ version: Int32) -> String {
                dictionary.versions[version]?.modelName.text ?? "?"
            }
            func slice(_ id: Int32) -> String { dictionary.slices[id]?.value.text ?? "all" }
            var texts: [String: String] = [:]
            let cells = CellStore(connection, task: task, buckets: try task.timeBuckets())
            for (key, cell) in try await cells.pairs(slice: nil, starting: .always) {
                let pair = "\(name(key.first)) \(name(key.second)) \(slice(key.slice))"
                texts["\(pair) \(key.bucket)"] = "\(CellCoding.encode(totals: cell.totals))"
            }
            for cohort in try await CohortStore(connection, task: task)
                .cohorts(.every, withPairsOf: Set(dictionary.versions.keys))
            {
                for (key, cell) in cohort.pairs {
                    let pair =
                        "cohort \(name(key.pair.first)) \(name(key.pair.second)) \(slice(key.slice))"
                    let isAll = key.slice == TaskDictionary.allSlices
                    let gains = isAll ? cohort.entityGains[key.pair]?.bytes ?? [] : []
                    texts["\(pair) \(cohort.bucketStart.iso8601)"] =
                        "\(CellCoding.encode(totals: cell.totals)) \(gains)"
                }
                for (pair, evidence) in cohort.evidence {
                    let names = "\(name(pair.first)) \(name(pair.second))"
                    let start = cohort.bucketStart.iso8601
                    texts["evidence \(names) \(start)"] =
                        "\(CellCoding.encode(totals: evidence.totals))"
                }
            }
            return texts
        }
    }
}
