import Evaluation
import Testing

struct EntityCohortTests {
    private func stream(_ unit: EvidenceUnitRule) -> EntityStream {
        EntityStream(task: EntityStream.task(unit), days: 3)
    }

    @Test func `groups of entities add up to their cohort, for models and for pairs`() throws {
        let pair = VersionPair(first: EntityStream.champion, second: EntityStream.shadow)
        let key = FrozenCohort.SlicedPair(pair: pair, slice: TaskDictionary.allSlices)
        for cohort in try stream(.entity).cohorts() {
            for cell in cohort.cells.values {
                #expect(cell.entities.counts.reduce(0, +) == 100)
                #expect(cell.entities.sums(.loss).reduce(ExactNumber(), +) == cell.exactLossSum)
                #expect(
                    cell.entities.sums(.squaredLoss).reduce(ExactNumber(), +)
                        == cell.exactSquaredLossSum
                )
                // Ten entities at most.
                #expect((1...10).contains(cell.entities.counts.count { $0 > 0 }))
            }
            let gains = try #require(cohort.entityGains[pair])
            var sums = PairSums(kind: .binary)
            sums.add(
                try #require(cohort.pairs[key]),
                championIsFirst: true,
                impliesNegatives: false
            )
            #expect(gains.counts.reduce(0, +) == Double(sums.pairs))
            for loss in TaskKind.binary.losses {
                let total = gains.sums(.gain(loss)).reduce(ExactNumber(), +)
                #expect(Double(total) == sums.gain(loss))
            }
            var turned = EntitySums.gains(of: TaskKind.binary.losses)
            turned.add(gains, isTurned: true)
            #expect(turned.counts == gains.counts)
            #expect(turned.sums(.gain(.logLoss)) == gains.sums(.gain(.logLoss)).map { -$0 })
        }
    }

    @Test func `groups are kept where a request names its entity, whatever the task says`() throws {
        let known = try stream(.entity).cohorts()
        for rule in EvidenceUnitRule.allCases { #expect(try stream(rule).cohorts() == known) }
        func named(_ entities: Int) throws -> [FrozenCohort] {
            try stream(.auto).cohorts { history, number in
                guard number >= entities else { return }
                var told = PredictionHistory(scoresPerPrediction: 1)
                told.requestNumber = history.requestNumber
                for prediction in history.predictions {
                    var said = prediction
                    said.details = ""
                    _ = told.admit(said, scores: history.scores(prediction))
                }
                for label in history.labels { _ = told.admit(label) }
                history = told
            }
        }
        for cohort in try named(0) {
            #expect(cohort.entityGains.isEmpty)
            #expect(cohort.cells.values.allSatisfy { $0.entities.bytes.isEmpty })
        }
        // One that names it is enough, wherever it comes; the others are entities of their own.
        for cohort in try named(15) {
            #expect(
                cohort.cells.values.allSatisfy { cell in
                    cell.entities.counts.reduce(0, +) == 100
                        && cell.entities.counts.count { $0 > 0 } > 20
                }
            )
        }
    }

    @Test func `sums keep their bytes, and bytes their sums`() throws {
        let cohorts = try stream(.entity).cohorts()
        #expect(try stream(.entity).cohorts() == cohorts)
        for sums in cohorts.flatMap(\.entityGains.values) {
            var read = EntitySums.gains(of: TaskKind.binary.losses)
            try read.add(bytes: sums.bytes)
            #expect(read == sums)
            try read.add(bytes: [])
            #expect(read.bytes == sums.bytes)
        }
        var wrong = EntitySums.gains(of: TaskKind.regression.losses)
        let bytes = try #require(cohorts.first?.entityGains.values.first?.bytes)
        #expect(throws: CellCodingError.self) { try wrong.add(bytes: bytes) }
    }

    @Test func `the order of predictions does not matter to the group of a request`() throws {
        func group(_ entities: [String]) throws -> [Double] {
            let stream = EntityStream(
                task: EntityStream.task(.entity),
                days: 1,
                entities: 1,
                daily: 1
            )
            let cohorts = try stream.cohorts { history, _ in
                var told = PredictionHistory(scoresPerPrediction: 1)
                told.requestNumber = history.requestNumber
                for (prediction, entity) in zip(history.predictions, entities) {
                    var said = prediction
                    said.details = entity.isEmpty ? "" : #"{"entity":"\#(entity)"}"#
                    _ = told.admit(said, scores: history.scores(prediction))
                }
                for label in history.labels { _ = told.admit(label) }
                history = told
            }
            return try #require(cohorts.first?.cells[EntityStream.shadow]).entities.counts
        }
        // Where models disagree about the entity, the name that sorts first is taken.
        #expect(try group(["a", "b"]) == group(["b", "a"]))
        #expect(try group(["a", "b"]) == group(["a", "a"]))
        #expect(try group(["", "b"]) == group(["b", ""]))
        // Where no request names one, days tell as much.
        #expect(try group(["", ""]).isEmpty)
        #expect(try group(["a", ""]).count { $0 > 0 } == 1)
    }
}
