import Evaluation
import Contract
import HTTPTypes
import HummingbirdCore

/// A body that is one JSON value, such as the settings of a task.
enum JSONDocument {
    static func read(
        _ call: Call,
        _ limits: ServerLimits
    ) async throws -> (JSONValue, digest: [UInt8]) {
        let isGzip = try BodyFormat.requireJSON(call.request.headers)
        var limits = limits
        limits.decompressedBytes = Int64(limits.documentBytes)
        limits.memoryBytes = limits.documentBytes
        let body = try await BodyReader(
            limits: limits,
            maximumBytes: Int64(limits.documentBytes),
            isGzip: isGzip,
            splitsRows: false
        ).read(call.request)
        let json = try JSONValue(parsing: body.bytes, maximumDepth: limits.jsonDepth)
        return (json, body.digest)
    }
}
