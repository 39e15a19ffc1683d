import Statistics
import Testing

@testable import Evaluation

/// What decisions say is lacking is what is lacking.
struct DecisionReasonTests {
    private static let unit: Int128 = 1 << 40

    /// A day with pairs of which the champion loses a quarter each and the shadow less by some gain.
    private func day(
        _ number: Int,
        pairs: Int = 0,
        unlabelled: Int = 0,
        gain: Double = 0,
        groups: [Int]? = nil
    ) -> GainDay {
        var cell = PairCell(layout: CellLayout(kind: .binary))
        let quarter = Int128(pairs) * Self.unit / 4
        let difference = Int128((Double(pairs) * gain * 0x1p40).rounded())
        cell.totals.numbers[BinaryPairTotal.bothRight.slot(labelled: true)] = Int128(pairs)
        cell.totals.numbers[BinaryPairTotal.bothRight.slot(labelled: false)] = Int128(unlabelled)
        cell.totals.numbers[BinaryPairTotal.brierFirst.slot(labelled: true)] = quarter
        cell.totals.numbers[BinaryPairTotal.brierSecond.slot(labelled: true)] = quarter - difference
        var day = GainDay(
            start: Evidence.instant(number),
            end: Evidence.instant(number + 1),
            knownAt: Evidence.instant(number + 1),
            kind: .binary
        )
        day.sums.add(cell, championIsFirst: true, impliesNegatives: false)
        if let groups {
            for group in groups {
                day.entities.add(PairGains([(.brier, ExactNumber(gain))]), group: group)
            }
        }
        return day
    }

    private func gap(_ days: [GainDay]) -> SequenceGap? {
        GainPath(
            days,
            metric: .loss(.brier),
            options: ComparisonOptions(),
            alpha: 0.05
        ).gap
    }

    /// A gain that differs from day to day.
    private func wave(_ number: Int) -> Double { 0.01 * Double(number * 7 % 5) }

    @Test func `a sequence without an interval says which of its needs is not met`() {
        #expect(gap([]) == .tooFewDays(0, of: 20, inRanks: false))
        let one = gap([day(0, pairs: 9, gain: 0.1)])
        #expect(one == .tooFewDays(1, of: 20, inRanks: false))
        #expect(one?.sentence.hasPrefix("1 day has matured") == true)
        #expect(gap((0..<25).map { day($0, pairs: 9, gain: 0.125) }) == .equalGains(days: 25))
        #expect(gap((0..<25).map { day($0, pairs: 9, gain: wave($0)) }) == nil)
        // Entities as units: of one group, of days of which they are not known, and of enough groups.
        let few = gap((0..<25).map { day($0, pairs: 9, gain: wave($0), groups: [3]) })
        #expect(few == .tooFewEntities(groups: 1, worth: 1))
        let lacking = (0..<25).map { number in
            day(number, pairs: 9, gain: wave(number), groups: number == 4 ? [] : [3])
        }
        guard case .tooFewEntities(groups: 2, _) = gap(lacking) else {
            Issue.record("\(String(describing: gap(lacking)))")
            return
        }
        let many = (0..<25).map { number in
            day(number, pairs: 40, gain: wave(number), groups: (0..<40).map { $0 + number % 3 })
        }
        #expect(gap(many) == nil)
    }

    @Test func `days that tell nothing are counted under their own cause`() {
        let days = [
            day(0), day(1), day(2, unlabelled: 4), day(3, pairs: 5), day(4), day(5, unlabelled: 1),
            day(6, pairs: 2),
        ]
        let counts = DaysWithoutEvidence(days, metric: .loss(.brier))
        #expect(counts.beforeShadow == 2 && counts.unpaired == 1)
        #expect(counts.unlabelled == 2 && counts.ofOneClass == 0)
        // Days of one class have pairs, and nothing to rank.
        let ranks = DaysWithoutEvidence(days, metric: .ranking)
        #expect(ranks.ofOneClass == 2 && ranks.unlabelled == 2)
        #expect(counts.sentences.count == 2)
        #expect(counts.sentences[0].hasPrefix("2 matured days hold pairs without a label"))
        #expect(counts.sentences[1].hasPrefix("On 1 matured day since"))
        // A shadow that came later is no doubt, and labels have nothing to do with it.
        #expect(
            DaysWithoutEvidence([day(0), day(1, pairs: 3)], metric: .loss(.brier)).sentences.isEmpty
        )
    }

    private func track(loss: Double, days: Int = 40) -> RiskTrack {
        let evidence = (0..<days).map { Evidence.day($0, age: 21, loss: loss) }
        var track = RiskTrack(
            task: Evidence.task(),
            age: 21 * 86_400,
            source: .given(evidence),
            isFull: true,
            errorShare: 1
        )
        _ = track.observe(Evidence.day(days, age: 21, loss: loss))
        return track
    }

    @Test func `a baseline of any loss has a bound, once it has enough blocks`() {
        for loss in [0, 0.2, 0.6] { #expect(track(loss: loss).deciding.bound != nil) }
        #expect(track(loss: 0.2, days: 3).deciding.bound == nil)
        // Rows before the constant forecast is settled are no baseline.
        #expect(track(loss: 0.2).relative?.watch.baselineSize == 35)
    }

    @Test func `sentences count one day as one, and end once`() {
        let lacks: [RecommendationLack] =
            [0, 1, 2].flatMap { count in
                [
                    .baselineDays(
                        needed: 30,
                        there: count,
                        since: nil,
                        expected: nil,
                        daysWithoutLabels: count
                    ),
                    .baselineDays(
                        needed: 30,
                        there: count,
                        since: Evidence.instant(3),
                        expected: Evidence.instant(33),
                        daysWithoutLabels: count
                    ),
                    .baselineBlocks(blocks: count), .baselineEntities(worth: 2.5),
                    .laterBlock(daysWithoutLabels: count), .labels(days: 28),
                ]
            }
        let gaps: [SequenceGap] = [
            .tooFewDays(0, of: 20, inRanks: true), .tooFewDays(1, of: 20, inRanks: false),
            .tooFewEntities(groups: 1, worth: 1), .equalGains(days: 20),
        ]
        for sentence in lacks.map(\.sentence) + gaps.map(\.sentence) {
            #expect(sentence.hasSuffix(".") && !sentence.contains(".."), "\(sentence)")
            #expect(
                !sentence.contains(" 1 matured days") && !sentence.contains("  "),
                "\(sentence)"
            )
            #expect(
                !sentence.hasPrefix("1 matured days") && !sentence.contains("nan"),
                "\(sentence)"
            )
        }
    }
}
