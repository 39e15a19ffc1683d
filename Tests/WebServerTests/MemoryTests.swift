import Evaluation
import Foundation
import Harness
import Postgres
import TestSupport
import Testing

@testable import WebServer

#if os(Linux)
    /// A large body needs no more memory than a small one, whatever its form.
    @Suite(.temporaryDatabase, .timeLimit(.minutes(MemorySettings.minutes)))
    struct MemoryTests {
        @Test func `a body of many rows needs no more memory than one of a thousand`() async throws
        {
            let pool = PostgresPool(TemporaryDatabase.configuration)
            let service = try ServiceProcess()
            let client = try await service.client(pool)
            try await service.start()
            for kind in MemoryBody.Kind.allCases {
                for form in MemoryBody.Form.allCases {
                    let body = MemoryBody(kind: kind, form: form, isGzip: false, rows: 1_000)
                    _ = try await body.post(client, "warm")
                }
            }
            for body in MemorySettings.bodies {
                var small = body
                small.rows = 1_000
                let few = try await peak(of: small, service, client)
                let many = try await peak(of: body, service, client)
                print("\(body): \(few) KiB with 1,000 rows, \(many) KiB with \(body.rows)")
                #expect(many <= few + few / 4, "\(body): \(few) and \(many) KiB")
                #expect(many <= few + 20 << 10, "\(body): \(few) and \(many) KiB")
            }
            try await service.kill()
            let task = try await FindTasks(pool: pool).task(named: "mine")
            #expect(try await VerifyCells(pool: pool, task: task).run().isClean)
            await pool.close()
        }

        private func peak(
            of body: MemoryBody,
            _ service: ServiceProcess,
            _ client: Client
        ) async throws -> Int {
            let name = "\(body)"
            try service.forgetPeak()
            let reply = try await body.post(client, name)
            #expect(reply.status == 200, "\(body): \(reply.text)")
            let taken = ["accepted", "conflict", "duplicate"].compactMap(reply.integer).reduce(0, +)
            let refused = reply.integer("rejected") ?? 0
            let room = Int64(body.kind == .rivals ? PredictionHistory.rowLimit : body.rows)
            #expect(taken + refused == Int64(body.rows), "\(body): \(reply.text.prefix(500))")
            #expect(taken == min(room, Int64(body.rows)), "\(body): \(reply.text.prefix(500))")
            return try service.peak()
        }
    }
#endif

/// How much is measured, by the environment.
private enum MemorySettings {
    /// `GNOMON_MEMORY_ROWS` measures bodies of so many rows in every form.
    static let rows = ProcessInfo.processInfo.environment["GNOMON_MEMORY_ROWS"].flatMap(Int.init)
    static let minutes = rows == nil ? 5 : 120

    static var bodies: [MemoryBody] {
        guard let rows else {
            return [
                MemoryBody(kind: .predictions, form: .csv, isGzip: false, rows: 80_000),
                MemoryBody(kind: .labels, form: .json, isGzip: true, rows: 80_000),
                MemoryBody(kind: .rivals, form: .ndjson, isGzip: false, rows: 80_000),
            ]
        }
        return MemoryBody.Kind.allCases.flatMap { kind in
            MemoryBody.Form.allCases.flatMap { form in
                [false, true].map {
                    MemoryBody(kind: kind, form: form, isGzip: $0, rows: rows)
                }
            }
        }
    }
}

/// Rows of its own in one of the forms in which they may be posted.
private struct MemoryBody: CustomStringConvertible {
    enum Kind: String, CaseIterable {
        case predictions, labels
        /// Predictions of one id that all differ.
        case rivals
    }
    enum Form: String, CaseIterable { case csv, ndjson, json }

    var kind: Kind
    var form: Form
    var isGzip: Bool
    var rows: Int

    var description: String {
        "\(kind.rawValue) as \(form.rawValue)\(isGzip ? ", gzip" : ""), \(rows) rows"
    }

    func post(_ client: Client, _ name: String) async throws -> Client.Reply {
        let type = [
            Form.csv: "text/csv", .ndjson: "application/x-ndjson", .json: "application/json",
        ]
        var bytes = text(name)
        if isGzip { bytes = try Gzip.compress(bytes) }
        return try await client.post(
            "/v1/tasks/mine/\(kind == .labels ? "labels" : "predictions")",
            bytes,
            type: type[form] ?? "",
            isGzip ? ["Content-Encoding": "gzip"] : [:]
        )
    }

    private func text(_ name: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(rows * 110)
        // The labels answer the predictions in the same form, or come to nobody.
        let prefix = "\(form.rawValue)\(isGzip)\(rows)\(name.count)"
        switch (form, kind) {
        case (.csv, .predictions), (.csv, .rivals):
            bytes += "prediction_id,predicted_at,model,version,score\n".utf8
        case (.csv, .labels): bytes += "prediction_id,observed_at,label\n".utf8
        case (.json, _): bytes.append(UInt8(ascii: "["))
        case (.ndjson, _): break
        }
        for row in 0..<rows {
            let id = kind == .rivals ? "\(prefix)-rival" : "\(prefix)-\(row)"
            let day = 10 + row % 18
            let time = "2020-0\(1 + row / 28 % 3)-\(day)T\(10 + row % 14):00:00Z"
            let score = kind == .rivals ? 100_000 + row : 1_000 + row * 7919 % 8_999
            if form == .json, row > 0 { bytes.append(UInt8(ascii: ",")) }
            switch (form, kind) {
            case (.csv, .predictions), (.csv, .rivals):
                bytes += "\(id),\(time),gbm,r\(row % 3),0.\(score)\n".utf8
            case (.csv, .labels): bytes += "\(id),\(time),\(row % 2)\n".utf8
            case (_, .predictions), (_, .rivals):
                bytes +=
                    #"{"prediction_id":"\#(id)","predicted_at":"\#(time)","model":"gbm","version":"r\#(row % 3)","score":0.\#(score)}"#
                    .utf8
            case (_, .labels):
                bytes +=
                    #"{"prediction_id":"\#(id)","observed_at":"\#(time)","label":"\#(row % 2)"}"#
                    .utf8
            }
            if form == .ndjson { bytes.append(0x0A) }
        }
        if form == .json { bytes.append(UInt8(ascii: "]")) }
        return bytes
    }
}

/// Compresses by the program gzip.
enum Gzip {
    static func compress(_ bytes: [UInt8]) throws -> [UInt8] {
        let path = NSTemporaryDirectory() + "gnomon-gzip-\(UUID().uuidString)"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "gzip -1 -c <\(path)"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Array(data)
    }
}
