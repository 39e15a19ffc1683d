import Evaluation
import Harness
import Postgres
import Store

extension Laboratory {
    /// The encoded cells by the names of what they are of, because numbers differ from task to task.
    ///
    /// Names are bytes here too: of two that Swift takes for the same text, each has its cells.
    func cellBytes() async throws -> [Name: [[UInt8]]] {
        try await pool.withConnection { connection in
            let dictionary = try await DictionaryStore(connection).load(task)
            let buckets = try task.timeBuckets()
            let store = CellStore(connection, task: task, buckets: buckets)
            let all = Window.always
            func version(_ id: Int32) -> String {
                dictionary.versions[id].map { "\($0.modelName)/\($0.version)" } ?? "?"
            }
            func slice(_ id: Int32) -> String {
                dictionary.slices[id]?.text ?? "all"
            }
            var bytes: [Name: [[UInt8]]] = [:]
            for (key, cell) in try await store.cells(slice: nil, starting: all) {
                bytes[Name("\(version(key.version)) \(slice(key.slice)) \(key.bucket)")] = [
                    CellCoding.encode(totals: cell.totals),
                    CellCoding.encode(histogram: cell.histogram),
                ]
            }
            for (key, cell) in try await store.pairs(slice: nil, starting: all) {
                let name =
                    "\(version(key.first)) \(version(key.second)) \(slice(key.slice)) \(key.bucket)"
                bytes[Name(name)] = [CellCoding.encode(totals: cell.totals)]
            }
            for (bucket, count) in try await store.contradictions(starting: all) {
                bytes[Name("contradictions \(bucket)")] = [Array("\(count)".utf8)]
            }
            return bytes
        }
    }
}
