package import Contract
import Crypto
import HTTPTypes

extension Answer {
    /// The answer with a tag that stays the same as long as everything but the instant of asking does.
    ///
    /// - Parameters:
    ///   - json: All that the answer says, whatever its form is.
    ///   - call: May have the tag already; then the answer is that nothing has changed.
    /// - Returns: The answer, or 304.
    package func tagged(by json: JSONValue, for call: Call) -> Answer {
        var steady = json
        if case .object(let members) = json {
            steady = .object(members.filter { $0.name != "as_of" })
        }
        let digest = SHA256.hash(data: Array((steady.inline + "\(call.form)").utf8))
        let tag =
            "W/\""
            + digest.prefix(16).map { byte in
                (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }.joined() + "\""
        var answer = self
        let known = call.header(.ifNoneMatch)?.split(separator: ",").map { part in
            String(part.filter { $0 != " " })
        }
        if known?.contains(where: { $0 == tag || $0 == "*" || "W/" + $0 == tag }) == true {
            answer.status = .notModified
            answer.body = []
        }
        answer.headers[.eTag] = tag
        answer.headers[.cacheControl] = "private, no-cache"
        return answer
    }
}
