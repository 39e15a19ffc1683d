import Testing

@testable import Evaluation

/// What holds of every kind of task, whatever it is.
struct KindTests {
    /// Scores and labels that every open kind can have.
    private static let rows: [(first: Double, second: Double, label: Double)] = [
        (0.25, 0.75, 1), (0.5, 0.5, 0), (0.9, 0.1, 0), (0, 1, 1),
        (0.125, 0.625, 0),
    ]

    private func task(_ kind: TaskKind) -> PredictionTask {
        PredictionTask(id: 1, name: "t", kind: kind)
    }

    /// The paired cell of the rows, with labels or without.
    private func cell(_ kind: TaskKind, labelled: Bool = true, turned: Bool = false) -> PairCell {
        var cell = PairCell(layout: CellLayout(kind: kind))
        for row in Self.rows {
            var contributions: [Contribution] = []
            let scores = turned ? [row.second, row.first] : [row.first, row.second]
            kind.scoring.contribute(
                scores.map {
                    CountedPrediction(
                        predictedAt: Instant(seconds: 0),
                        modelVersion: 1,
                        sliceSet: 0,
                        score: $0
                    )
                },
                label: labelled ? row.label : nil,
                of: task(kind),
                to: &contributions
            )
            cell.add(PairContribution(contributions[0], contributions[1]), sign: 1)
        }
        return cell
    }

    @Test func `a kind that nothing evaluates yet can be read, and is not open`() {
        #expect(TaskKind.open == [.binary, .regression])
        #expect(!TaskKind.multiclass.isOpen)
        let several = PredictionTask(name: "t", kind: .multiclass, classes: ["cat", "dog", "eel"])
        #expect(several.scoreColumns.names == ["p_cat", "p_dog", "p_eel"])
        #expect(several.scoresPerPrediction == 3)
        #expect(several.labelRange == nil)
    }

    @Test(arguments: TaskKind.allCases)
    func `a prediction has as many scores as there are columns for them`(kind: TaskKind) {
        let task = task(kind)
        #expect(task.scoreColumns.names.count == task.scoresPerPrediction)
        #expect(task.classes.isEmpty == !task.kind.has(.classes) || kind == .multiclass)
    }

    @Test func `the classes of a task that names none are those of its kind`() {
        #expect(task(.binary).classes == ["0", "1"] && task(.binary).positiveClass == 1)
        #expect(task(.regression).classes == [] && task(.regression).positiveClass == 0)
        let named = PredictionTask(name: "t", kind: .binary, classes: ["no", "yes"])
        #expect(named.classes == ["no", "yes"] && named.positiveClass == 1)
    }

    @Test(arguments: TaskKind.open)
    func `the gains of pairs are those that their cell sums`(kind: TaskKind) {
        var sums = PairSums(kind: kind)
        sums.add(cell(kind), championIsFirst: true, impliesNegatives: false)
        #expect(sums.pairs == Self.rows.count && sums.unlabelledPairs == 0)
        for loss in kind.losses {
            let gains = Self.rows.map { row in
                kind.scoring.gains(
                    first: row.first,
                    second: row.second,
                    label: row.label,
                    of: task(kind)
                )[loss]
            }
            #expect(gains.reduce(ExactNumber(), +) == sums.exactGain(loss), "\(loss)")
        }
    }

    @Test(arguments: TaskKind.open, [true, false])
    func `a turned cell is that of the turned pairs`(kind: TaskKind, labelled: Bool) {
        let forwards = cell(kind, labelled: labelled)
        let backwards = cell(kind, labelled: labelled, turned: true)
        #expect(forwards.turned(kind) == backwards)
        #expect(forwards.turned(kind).turned(kind) == forwards)
    }

    @Test(arguments: TaskKind.open)
    func `the sums of entities are told by what they are of`(kind: TaskKind) {
        var gains = EntitySums.gains(of: kind.losses)
        let values = kind.losses.enumerated().map { ($1, ExactNumber($0 + 1)) }
        gains.add(PairGains(values.map { (loss: $0, gain: $1) }), group: 7)
        for (loss, value) in values { #expect(gains.sums(.gain(loss))[7] == value) }
        #expect(gains.sums(.loss) == [])
        #expect(PairedLoss.allCases.contains { gains.sums(.gain($0)).isEmpty })
        #expect(gains.counts[7] == 1)
    }

    @Test func `silence means a negative in a task that says so, and nothing of a number`() {
        var binary = task(.binary)
        #expect(binary.silentLabel == nil)
        binary.labelPolicy = .negative
        #expect(binary.silentLabel == 0)
        binary.positiveClass = 0
        #expect(binary.silentLabel == 1)
        var number = task(.regression)
        number.labelPolicy = .negative
        #expect(number.silentLabel == nil)
    }
}
