@testable import Evaluation
import Foundation
import Statistics
import Testing

struct JudgedRefitTests {
    private static let task = PredictionTask(name: "t", kind: .binary, horizonSeconds: 86_400)
    private static let numbers = PredictionTask(
        name: "n",
        kind: .regression,
        horizonSeconds: 86_400
    )

    /// The last week of 30, with the rows of all days.
    private static func week(
        _ task: PredictionTask,
        _ row: (inout SeededGenerator) -> (score: Double, label: Double, features: RefitFeatures)
    ) throws -> (RefitWeek, [Int32: RefitRowsOfDay]) {
        var generator = SeededGenerator(seed: 11)
        let days = RefitWeekTests.days(210, horizon: task.horizonSeconds)
        let week = try #require(RefitWeekTests.weeks(days, horizon: task.horizonSeconds).last)
        var rows: [Int32: RefitRowsOfDay] = [:]
        for date in week.needed.sorted() {
            rows[date] = RefitRowsOfDay(
                rows: (0..<40).map { _ in
                    let (score, label, features) = row(&generator)
                    return RefitRows.Row(
                        score: score,
                        label: label,
                        features: features
                    )
                }
            )
        }
        return (week, rows)
    }

    private static func features(_ number: Double, _ region: Name) -> RefitFeatures {
        RefitFeatures(
            details: "{\"features\":{\"x\":\(number)}}",
            slices: [Slice(key: "region", value: region)]
        )
    }

    @Test func `what the champion does not know is learned from features and slices`() throws {
        let (week, rows) = try Self.week(Self.task) { generator in
            let x = generator.nextNormal()
            let isSouth = generator.nextUniform() < 0.3
            let probability = Self.logistic(1.5 * x - (isSouth ? 1.5 : 0))
            let label = generator.nextUniform() < probability ? 1.0 : 0
            return (0.5, label, Self.features(x, isSouth ? "south" : "north"))
        }
        let judged = JudgedRefit(week, rows: rows, task: Self.task)
        #expect(judged.days.map(\.date) == week.judged.map(\.number))
        #expect(judged.features == 2)
        #expect(judged.fittedRows == week.rows(besides: Set(week.judged.map(\.number))))
        let champion = judged.days.reduce(0) { $0 + $1.champion }
        let retrained = judged.days.reduce(0) { $0 + $1.retrained }
        #expect(abs(champion - 0.25 * 40 * Double(week.judged.count)) < 1e-9)
        #expect(retrained < 0.75 * champion)
        #expect(JudgedRefit(week, rows: rows, task: Self.task) == judged)
    }

    @Test func `errors of numbers are learned too`() throws {
        let (week, rows) = try Self.week(Self.numbers) { generator in
            let x = generator.nextNormal()
            return (10, 10 + 3 * x + generator.nextNormal(), Self.features(x, "all"))
        }
        let judged = JudgedRefit(week, rows: rows, task: Self.numbers)
        let champion = judged.days.reduce(0) { $0 + $1.champion }
        #expect(judged.days.reduce(0) { $0 + $1.retrained } < 0.5 * champion)
    }

    @Test func `labels of one class fit nothing`() throws {
        let (week, rows) = try Self.week(Self.task) { _ in (0.5, 0, Self.features(1, "all")) }
        let judged = JudgedRefit(week, rows: rows, task: Self.task)
        #expect(judged.days.isEmpty && judged.fittedRows > 0)
    }

    @Test func `nothing is won where nothing is to be won, and little is lost`() throws {
        let (week, rows) = try Self.week(Self.task) { generator in
            let p = Self.logistic(generator.nextNormal())
            let label = generator.nextUniform() < p ? 1.0 : 0
            return (p, label, Self.features(generator.nextNormal(), "all"))
        }
        let judged = JudgedRefit(week, rows: rows, task: Self.task)
        let champion = judged.days.reduce(0) { $0 + $1.champion }
        #expect(abs(judged.days.reduce(0) { $0 + $1.retrained } / champion - 1) < 0.02)
    }

    private static func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
}
