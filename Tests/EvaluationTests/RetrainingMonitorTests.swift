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
        #expect(alarm.at == alarm.block.knownAt)
        #expect(alarm.at <= Evidence.instant(75))
        #expect(alarmed.full.changePoint?.start == Evidence.instant(50))
        let alarmDay = Int(alarm.at.secondsRoundedDown / 86_400)
        #expect(monitor.after(alarmDay - 1).alarm == nil)
        #expect(monitor.after(alarmDay).alarm == alarm)
        #expect(alarmed.full.baselineDays == 30)
        let quiet = Evidence.monitor(Evidence.days(0..<400) { _, _ in 0.2 })
        #expect(quiet.after(500).alarm == nil)
    }

    @Test func `a young age raises the alarm first, at a threshold shared by the ages`() throws {
        let ages: [Int64] = [3, 7, 21]
        let monitor = Evidence.monitor(Evidence.days(0..<80, ages: ages, loss: worsening))
            .after(120)
        let alarm = try #require(monitor.alarm)
        #expect(alarm.track == 0)
        #expect(alarm.at <= Evidence.instant(57))
        for track in monitor.tracks {
            #expect(track.logThreshold.map { abs($0 - log(365 * 3 / 0.04)) < 1e-12 } == true)
        }
        // What only the full age shows comes with the full age.
        let late = Evidence.monitor(
            Evidence.days(0..<80, ages: ages) { $1 == 21 ? worsening($0, $1) : 0.2 }
        ).after(120)
        #expect(late.alarm?.track == 2)
    }

    @Test func `a new version under an alarm arms the watch with a new baseline`() throws {
        func versions(_ day: Int) -> Set<Int32> { day < 60 ? [1] : [2] }
        let days = Evidence.days(0..<200, versions: versions) { day, _ in
            day < 50 ? 0.2 : day < 60 ? 0.6 : day < 140 ? 0.4 : 0.66
        }
        let monitor = Evidence.monitor(days)
        #expect(monitor.after(81).alarm != nil)
        // Day 60 is known at the start of day 82.
        let rearmed = monitor.after(82)
        #expect(rearmed.alarm == nil)
        #expect(rearmed.epoch.cause == .newVersion)
        #expect(rearmed.epoch.from == Evidence.instant(60))
        #expect(rearmed.full.baselineDays == 1)
        // 0.4 is the new normal, and 0.66 is not.
        let normal = monitor.after(161)
        #expect(normal.alarm == nil)
        #expect(normal.full.watch.map { abs($0.risk.mean - 0.4) < 1e-9 } == true)
        #expect(try #require(monitor.after(200).alarm).block.start >= Evidence.instant(140))
        // Without an alarm a new version is the same model.
        let quiet = Evidence.monitor(
            Evidence.days(0..<100, versions: versions) { _, _ in 0.2 }
        ).after(130)
        #expect(quiet.epoch.cause == .start)
        #expect(quiet.full.monitored.closed.count == 70)
    }

    @Test func `an acknowledgement forgets the evidence, and the baseline only where asked to`()
        throws
    {
        let days = Evidence.days(0..<200, loss: worsening)
        let kept = Evidence.monitor(days, acknowledgements: [(90, false)])
        #expect(kept.after(89).alarm != nil)
        let quiet = kept.after(90)
        #expect(quiet.alarm == nil)
        #expect(quiet.epoch.cause == .acknowledged)
        #expect(quiet.full.logEvidence == nil)
        #expect(quiet.full.watch.map { abs($0.risk.mean - 0.2) < 1e-9 } == true)
        // The risk is still bad, and is found again.
        #expect(kept.after(100).alarm != nil)

        let renewed = Evidence.monitor(days, acknowledgements: [(90, true)])
        let waiting = renewed.after(90)
        #expect(waiting.epoch.from == Evidence.instant(90))
        #expect(waiting.full.watch == nil)
        // Days before the acknowledgement that mature after it are no evidence.
        #expect(renewed.after(111).full.baselineDays == 0)
        #expect(renewed.after(112).full.baselineDays == 1)
        let normal = renewed.after(222)
        #expect(normal.alarm == nil)
        #expect(normal.full.watch.map { abs($0.risk.mean - 0.6) < 1e-9 } == true)
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
        #expect(monitor.after(119).full.logEvidence.map { $0 > 9.2 } == true)
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
            day < 30 ? 0.2 : day == 50 ? 0.66 : 0.02
        }
        #expect(Evidence.monitor(blip).after(150).alarm != nil)
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
        #expect(ready.full.isBaselineWhole)
        #expect(ready.full.watch.map { abs($0.risk.mean - 0.2) < 1e-9 } == true)
        #expect(ready.full.monitored.closed.isEmpty)
        #expect(monitor.after(122).full.monitored.closed.count == 1)
        #expect(try #require(monitor.after(160).alarm).block.start >= Evidence.instant(120))
        // What matures later is not known earlier: day 99 is not in the baseline of day 110.
        let early = monitor.after(110)
        #expect(early.full.baseline.closed.last?.start == Evidence.instant(88))
        // A short time as a shadow is filled up with days as the champion.
        let short = Evidence.monitor(days, championSince: 10).after(200)
        #expect(short.full.baseline.closed.count == 30)
        #expect(short.full.baseline.closed.first?.start == Evidence.instant(0))
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
            #expect(quiet.full.baseline.closed.count == 40)
            #expect(quiet.full.monitored.closed.count == (since == nil ? 60 : 20))
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
            versions: { $0 < release ? [1] : [1, 2] }
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
