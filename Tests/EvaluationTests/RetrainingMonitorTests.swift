@testable import Evaluation
import Foundation
import Statistics
import Testing

/// The watch is a state machine over what becomes known; days have 20 rows, and a baseline of 30 days.
struct RetrainingMonitorTests {
    /// Quiet for 30 + 20 days, and bad from day 50 on.
    private func worsening(_ day: Int, _: Int64) -> Double { day < 50 ? 0.2 : 0.6 }

    @Test func `an alarm comes when a bad day has reached the age, and not before`() throws {
        let monitor = Evidence.monitor(Evidence.days(0..<80, loss: worsening))
        // Day 50 has ended and reached 21 days at the start of day 72.
        #expect(monitor.after(71).alarm == nil)
        let alarmed = monitor.after(90)
        let alarm = try #require(alarmed.alarm)
        #expect(alarm.block.start >= Evidence.instant(50))
        #expect(alarm.at == alarm.block.knownAt && alarm.confirmedAt == alarm.at)
        #expect(alarm.at <= Evidence.instant(75))
        #expect(alarm.change.start == Evidence.instant(50))
        let alarmDay = Int(alarm.at.secondsRoundedDown / 86_400)
        #expect(monitor.after(alarmDay - 1).alarm == nil)
        #expect(monitor.after(alarmDay).alarm?.at == alarm.at)
        let quiet = Evidence.monitor(Evidence.days(0..<400) { _, _ in 0.2 })
        #expect(quiet.after(500).standing.isEmpty)
    }

    @Test func `a young age makes the state suspected, at a threshold shared by the young ages`()
        throws
    {
        let ages: [Int64] = [3, 7, 21]
        let monitor = Evidence.monitor(Evidence.days(0..<80, ages: ages, loss: worsening))
        let young = monitor.after(60)
        #expect(young.isSuspected && young.alarm == nil)
        #expect(monitor.after(90).alarm != nil)
        let thresholds = young.tracks.map(\.deciding.watch.logThreshold)
        for (threshold, tracks) in zip(thresholds, [2.0, 2, 1]) {
            #expect(abs(threshold - log(365 * tracks / 0.04)) < 1e-12)
        }
        // What only the full age shows comes with the full age.
        let late = Evidence.monitor(
            Evidence.days(0..<80, ages: ages) { $1 == 21 ? worsening($0, $1) : 0.2 }
        ).after(120)
        #expect(late.alarm != nil && !late.isSuspected)
    }

    @Test func `a rise while scores tell cases apart as before is no alarm that counts`() throws {
        // Both classes lose more, and every positive still ranks above every negative.
        let days = Evidence.days(0..<200) { day, _ in day < 80 ? 0.05 : 0.15 }
        let monitor = Evidence.monitor(days).after(130)
        let unconfirmed = try #require(monitor.unconfirmed)
        #expect(unconfirmed.isRelative && monitor.alarm == nil)
        #expect(try #require(unconfirmed.lossOfDiscrimination) < 0)
        // Once the map has learned what the scores are worth now, that gain is certain.
        let later = Evidence.monitor(days).after(222)
        #expect(later.alarm?.recalibration.surelyGains == true)
    }

    @Test
    func `a canary changes nothing, and a version that takes over must show that it is better`()
        throws
    {
        func monitor(_ versions: @escaping (Int) -> [Int32: Int], _ last: Double)
            -> RetrainingMonitor
        {
            Evidence.monitor(
                Evidence.days(0..<300, versions: versions) { day, _ in
                    day < 50 ? 0.2 : day < 100 ? 0.6 : last
                }
            )
        }
        let canary = monitor({ $0 < 60 ? [1: 20] : [1: 19, 2: 1] }, 0.6).after(322)
        #expect(canary.alarm != nil && canary.servingVersion == nil)
        #expect(canary.epoch.cause == .start)
        // Day 100 is known at the start of day 122, and six more make seven blocks.
        func taking(_ day: Int) -> [Int32: Int] { day < 100 ? [1: 20] : [1: 4, 2: 16] }
        let better = monitor(taking, 0.2)
        #expect(better.after(127).servingVersion == nil)
        let serving = better.after(128)
        #expect(serving.servingVersion == 2 && serving.alarm != nil)
        #expect(serving.epoch.cause == .newVersion)
        #expect(serving.epoch.from == Evidence.instant(100))
        let back = better.after(322)
        #expect(back.alarm == nil && back.servingVersion == nil)
        let recovery = try #require(back.recovered)
        #expect(recovery.change == Evidence.instant(50) && recovery.at > Evidence.instant(122))
        // One that is not better keeps the alarm: the bound is that of before.
        #expect(monitor(taking, 0.6).after(322).alarm != nil)
        // Versions that alternate have none that takes over.
        let turns = monitor({ day in [(day % 2 == 0 ? 1 : 2): 20] }, 0.6).after(322)
        #expect(turns.alarm != nil && turns.servingVersion == nil)
    }

    @Test(arguments: [false, true])
    func `a rollback ends the alarm that the new version raised`(isHalf: Bool) throws {
        // The new version answers from day 50 on, all requests or half of them, until it is rolled back on day 90.
        let days = Evidence.days(
            0..<200,
            versions: { day in
                (50..<90).contains(day) ? (isHalf ? [1: 10, 2: 10] : [2: 20]) : [1: 20]
            },
            loss: { day, _ in (50..<90).contains(day) ? 0.6 : 0.2 }
        )
        let monitor = Evidence.monitor(days)
        #expect(monitor.after(100).alarm != nil)
        // Where the old version had no part in the alarm, its rows alone count once it is back for seven blocks.
        let back = monitor.after(119)
        #expect(back.alarm == nil || back.servingVersion == (isHalf ? nil : 1))
        let end = monitor.after(222)
        #expect(end.alarm == nil && end.servingVersion == nil)
        let recovery = try #require(end.recovered)
        #expect(recovery.change == Evidence.instant(50))
        #expect(recovery.at >= Evidence.instant(112) && recovery.at < Evidence.instant(160))
    }

    @Test func `an alarm ends where the risk is surely back, and its days are no baseline`() throws
    {
        let days = Evidence.days(0..<400) { day, _ in day >= 50 && day < 90 ? 0.6 : 0.2 }
        let monitor = Evidence.monitor(days)
        #expect(monitor.after(111).alarm != nil)
        let after = monitor.after(422)
        #expect(after.alarm == nil)
        #expect(try #require(after.recovered).at > Evidence.instant(111))
        let ratio = try #require(after.full.relative?.baseline)
        #expect(abs(ratio - 0.8) < 0.02)
    }

    @Test func `an acknowledgement forgets the evidence, and the baseline only where asked to`()
        throws
    {
        let days = Evidence.days(0..<200, loss: worsening)
        let kept = Evidence.monitor(days, acknowledgements: [(90, false)])
        #expect(kept.after(89).alarm != nil)
        let quiet = kept.after(90)
        #expect(quiet.standing.isEmpty)
        #expect(quiet.epoch.cause == .acknowledged)
        #expect(quiet.full.relative?.baseline.map { abs($0 - 0.8) < 0.02 } == true)
        // The risk is still bad, and is found again.
        #expect(kept.after(100).alarm != nil)

        // What raised the alarm begins the new baseline; what matures later and came before is no evidence.
        let renewed = Evidence.monitor(days, acknowledgements: [(90, true)])
        let waiting = renewed.after(90)
        #expect(waiting.epoch.from == Evidence.instant(90))
        #expect(!waiting.full.isWatching && waiting.full.baselineDays == 19)
        #expect(renewed.after(111).full.baselineDays == 19)
        #expect(renewed.after(112).full.baselineDays == 20)
        let normal = renewed.after(222)
        #expect(normal.alarm == nil)
        #expect(normal.full.absolute.baseline.map { abs($0 - 0.6) < 1e-9 } == true)
        // Nothing to acknowledge, nothing changes.
        let idle = Evidence.monitor(days, acknowledgements: [(60, false)]).after(200)
        #expect(idle.epoch.cause == .start)
        #expect(idle.state == Evidence.monitor(days).after(200).state)
    }

    @Test func `within a cool-down no alarm is raised, and after it the next bad day raises one`()
        throws
    {
        let days = Evidence.days(0..<200, loss: worsening)
        let monitor = Evidence.monitor(
            days,
            options: RetrainingOptions(coolDownSeconds: 30 * 86_400),
            acknowledgements: [(90, false)]
        )
        #expect(monitor.after(89).alarm != nil)
        #expect(monitor.after(119).alarm == nil)
        #expect(monitor.after(119).full.deciding.logEvidence.map { $0 > 9.2 } == true)
        #expect(try #require(monitor.after(125).alarm).at == Evidence.instant(120))
    }

    @Test func `k of n blocks confirm an alarm`() throws {
        let days = Evidence.days(0..<100, loss: worsening)
        let once = try #require(Evidence.monitor(days).after(150).alarm)
        let confirmed = Evidence.monitor(
            days,
            options: RetrainingOptions(confirmation: Confirmation(hits: 3, of: 5))
        )
        let later = try #require(confirmed.after(150).alarm)
        #expect(later.at == once.at.advanced(bySeconds: 2 * 86_400))
        // One bad day among good ones is forgotten before it is confirmed.
        let blip = Evidence.days(0..<100) { day, _ in
            day < 40 ? 0.2 : day == 50 ? 0.66 : 0.02
        }
        #expect(Evidence.monitor(blip).after(72).alarm != nil)
        #expect(
            Evidence.monitor(
                blip,
                options: RetrainingOptions(confirmation: Confirmation(hits: 3, of: 5))
            ).after(150).alarm == nil
        )
    }

    @Test func `a new champion brings its last days as a shadow as its baseline`() throws {
        // A shadow for 100 days, better in its last 30; champion from day 100 on; bad from day 120 on.
        let days = Evidence.days(0..<200) { day, _ in day < 70 ? 0.5 : day < 120 ? 0.2 : 0.6 }
        let monitor = Evidence.monitor(days, championSince: 100)
        // Day 99 is known at the start of day 121.
        let ready = monitor.after(121)
        #expect(ready.epoch.cause == .newChampion)
        #expect(ready.full.hasDays)
        #expect(ready.full.blocks.closed.first?.start == Evidence.instant(70))
        #expect(ready.full.watched.isEmpty)
        #expect(monitor.after(170).alarm.map { $0.block.start >= Evidence.instant(120) } == true)
        // What matures later is not known earlier: day 99 is not in the baseline of day 110.
        #expect(monitor.after(110).full.blocks.closed.last?.start == Evidence.instant(88))
        // A short time as a shadow is filled up with days as the champion.
        let short = Evidence.monitor(days, championSince: 10).after(200)
        #expect(short.full.blocks.closed.first?.start == Evidence.instant(0))
        #expect(short.full.isWatching)
    }

    @Test func `days on which a shadow had become worse are not its baseline as a champion`() {
        let days = Evidence.days(0..<200) { day, _ in day < 60 ? 0.2 : 0.6 }
        let monitor = Evidence.monitor(days, championSince: 100)
        #expect(monitor.after(121).full.blocks.closed.first?.start == Evidence.instant(30))
        #expect(monitor.after(121).full.blocks.closed.last?.start == Evidence.instant(59))
        #expect(monitor.after(170).alarm != nil)
    }

    @Test func `the days of a baseline interval count although the model was a shadow then`() throws
    {
        var task = Evidence.task()
        task.baseline = .interval(
            Window(from: Evidence.instant(20), upTo: Evidence.instant(60))
        )
        let days = Evidence.days(0..<200) { day, _ in
            day < 20 ? 0.6 : day < 60 ? 0.2 : day < 120 ? 0.1 : 0.6
        }
        for since in [nil, 100] {
            let monitor = Evidence.monitor(days, task: task, championSince: since)
            let quiet = monitor.after(141)
            #expect(quiet.full.baselineDays == 40)
            #expect(quiet.full.watched.count == (since == nil ? 60 : 20))
            #expect(quiet.alarm == nil)
            #expect(monitor.after(160).alarm != nil)
        }
    }

    @Test(arguments: UInt64(1)...5)
    func `going on day by day is going on at once, and nothing later changes an earlier answer`(
        seed: UInt64
    ) {
        var generator = SeededGenerator(seed: seed)
        let ages: [Int64] = [3, 7, 21]
        let losses = (0..<220).map { _ in 0.1 + 0.2 * generator.nextUniform() }
        let change = Int.random(in: 40..<120, using: &generator)
        let release = Int.random(in: 100..<200, using: &generator)
        let days = Evidence.days(
            0..<220,
            ages: ages,
            versions: { $0 < release ? [1: 20] : [1: 4, 2: 16] }
        ) { day, age in losses[day] + (day < change ? 0 : 0.3) + (age == 21 ? 0.01 : 0) }
        let acknowledgements = (0..<2).map { _ in
            (
                day: Int.random(in: 60..<220, using: &generator),
                renewsBaseline: generator.nextUniform() < 0.5
            )
        }
        let since = generator.nextUniform() < 0.5 ? Int.random(in: 0..<60, using: &generator) : nil
        let options = RetrainingOptions(
            confirmation: generator.nextUniform() < 0.5 ? .once : Confirmation(hits: 2, of: 3),
            coolDownSeconds: generator.nextUniform() < 0.5 ? 0 : 20 * 86_400
        )
        let whole = Evidence.monitor(
            days,
            options: options,
            championSince: since,
            acknowledgements: acknowledgements
        )
        var walking = whole
        var alarms = 0
        for day in stride(from: 1, through: 250, by: 3) {
            walking.advance(to: Evidence.instant(day))
            if walking.alarm != nil { alarms += 1 }
            guard day % 48 == 1 else { continue }
            // All at once, from everything; and from what was known then.
            #expect(whole.after(day).state == walking.state)
            let prefix = Evidence.monitor(
                days.map { track in
                    (track.age, track.days.filter { $0.knownAt <= Evidence.instant(day) })
                },
                options: options,
                championSince: since,
                acknowledgements: acknowledgements.filter { $0.day <= day }
            )
            #expect(prefix.after(day).state == walking.state)
        }
        #expect(alarms > 0)
    }
}
