import Evaluation
import Harness
import Ingest
import Statistics
import TestSupport
import Testing

/// Values of any size have their numbers, alone and beside others (rule T6).
@Suite(.temporaryDatabase, .hangLimit)
struct SmallValueTests {
    private func laboratory(
        _ name: Name,
        scale: Double,
        rows: Int = 40
    ) async throws -> (Laboratory, [(champion: Double, shadow: Double, label: Double)]) {
        var random = SeededGenerator(seed: 3)
        let laboratory = try await Laboratory(
            PredictionTask(name: name, kind: .regression, horizonSeconds: 86_400)
        )
        var predictions = "prediction_id,predicted_at,model,value\n"
        var labels = "prediction_id,observed_at,label\n"
        var values: [(champion: Double, shadow: Double, label: Double)] = []
        for row in 0..<rows {
            let label = scale * random.nextUniform()
            let value = (
                champion: label + scale * (random.nextUniform() - 0.5),
                shadow: label + 0.5 * scale * (random.nextUniform() - 0.5), label: label
            )
            let day = row % 4 + 1
            predictions += "r\(row),2024-01-0\(day)T00:00:00Z,champion,\(value.champion)\n"
            predictions += "r\(row),2024-01-0\(day)T00:00:00Z,shadow,\(value.shadow)\n"
            labels += "r\(row),2024-01-0\(day)T12:00:00Z,\(value.label)\n"
            values.append(value)
        }
        try await laboratory.predictions(.text(predictions))
        try await laboratory.labels(.text(labels))
        return (laboratory, values)
    }

    @Test(arguments: [1e9, 1, 1e-6, 1e-7, 1e-12, 1e-20, 1e-100])
    func `a task whose values are of one size`(scale: Double) async throws {
        let (laboratory, rows) = try await laboratory("scale", scale: scale * 0.4)
        let n = Double(rows.count)
        let errors = rows.map { ($0.champion - $0.label) / scale }
        let mean = rows.reduce(0) { $0 + $1.label / scale } / n
        let spread = rows.reduce(0) { sum, row in
            sum + (row.label / scale - mean) * (row.label / scale - mean)
        }
        let squares = errors.reduce(0) { $0 + $1 * $1 }
        let report = try #require(
            try await laboratory.report().models.first { $0.model == "champion" }
        )
        func expect(_ name: String, _ value: Double, _ unit: Double) throws {
            let metric = try #require(report.metric(name))
            let got = try #require(metric.value) / unit
            #expect(abs(got - value) <= 1e-11 * abs(value), "\(name) is \(got), not \(value)")
            #expect(metric.bound == 0)
        }
        try expect("mae", errors.reduce(0) { $0 + abs($1) } / n, scale)
        try expect("rmse", (squares / n).squareRoot(), scale)
        try expect("mean_label", mean, scale)
        try expect("r2", 1 - squares / spread, 1)
        let median = try #require(report.metric("median_ae"))
        let sorted = errors.map { abs($0) * scale }.sorted()
        let middle = (sorted[rows.count / 2 - 1] + sorted[rows.count / 2]) / 2
        #expect(abs(try #require(median.value) - middle) <= (try #require(median.bound)))
        #expect(report.metric("mae")?.low.map { $0 > 0 } == true)
        #expect(try await laboratory.verify().isClean)

        let comparison = try await CompareModels(
            pool: laboratory.pool,
            task: laboratory.task,
            query: ComparisonQuery(champion: "champion", shadows: ["shadow"])
        ).run()
        let gains = rows.map { abs($0.champion - $0.label) - abs($0.shadow - $0.label) }
        let gain = try #require(
            comparison.comparisons.first?.metrics.first { $0.name == "mae" }?.gain
        )
        let expected = gains.reduce(0) { $0 + $1 / scale } / n
        #expect(abs(gain / scale - expected) <= 1e-11 * abs(expected))
    }

    @Test func `the smallest value beside the largest leaves nothing when it goes`() async throws {
        let laboratory = try await Laboratory(PredictionTask(name: "mixed", kind: .regression))
        func label(_ id: String, _ value: String, _ hour: Int) async throws {
            try await laboratory.labels(
                .text(
                    "prediction_id,observed_at,label\n\(id),2024-01-02T0\(hour):00:00Z,\(value)\n"
                )
            )
        }
        try await laboratory.predictions(
            .text(
                "prediction_id,predicted_at,model,value\na,2024-01-01T00:00:00Z,m,1e9\n"
                    + "b,2024-01-01T00:00:00Z,m,4.9e-324\n"
            )
        )
        try await label("a", "-1e9", 1)
        let before = try await laboratory.cellBytes()
        try await label("b", "-2.2e-308", 1)
        #expect(try await laboratory.cellBytes() != before)
        #expect(try await laboratory.verify().isClean)
        try await label("b", "withdrawn", 2)
        #expect(try await laboratory.cellBytes() == before)
        try await label("b", "3e-300", 3)
        let model = try #require(try await laboratory.report().models.first)
        #expect(model.metric("rmse")?.value == (2e18).squareRoot())
        #expect(try await laboratory.verify().isClean)
    }
}
