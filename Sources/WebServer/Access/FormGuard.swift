import Contract
import Harness
import HTTPTypes
import HummingbirdCore

/// Sees to it that forms are sent by pages that the service itself gave to the same browser.
enum FormGuard {
    /// The field of a form that carries its token.
    static let field = "form_token"
    /// No form of the service is longer.
    private static let longestBody: Int64 = 8 << 10

    /// The token that a form must carry: only who knows the secret of the browser's cookie can make it.
    static func token(for secret: String) -> String {
        Secret.derived(from: secret, purpose: "gnomon form")
    }

    /// - Parameters:
    ///   - form: What was sent.
    ///   - secret: Of the browser's cookie, if it has one.
    /// - Throws: `Problem` where the form was made for another browser or login, or by nobody.
    static func check(_ form: Parameters, secret: String?) throws {
        guard let secret, let token = form[field],
            Secret.areEqual(Array(token.utf8), Array(self.token(for: secret).utf8))
        else {
            throw Problem(
                .forbidden,
                "The form is not good any more, or the browser keeps no cookies. Open the page again, "
                    + "and send it from there."
            )
        }
    }

    /// Reads the fields of a form.
    ///
    /// - Parameters:
    ///   - request: Its body is read to the end.
    ///   - limits: How fast it must come.
    /// - Returns: The fields.
    /// - Throws: `Problem` where the body is no form, or too large.
    static func read(_ request: Request, _ limits: ServerLimits) async throws -> Parameters {
        let type = request.headers[.contentType]?.split(separator: ";").first?.lowercased()
        guard type == "application/x-www-form-urlencoded",
            request.headers[.contentEncoding] == nil
        else {
            throw Problem(
                .unsupportedType,
                "A form is sent as application/x-www-form-urlencoded, without Content-Encoding."
            )
        }
        var limits = limits
        limits.memoryBytes = Int(longestBody)
        let body = try await BodyReader(
            limits: limits,
            maximumBytes: longestBody,
            isGzip: false,
            splitsRows: false
        ).read(request)
        guard let text = String(validating: body.bytes, as: UTF8.self) else {
            throw Problem(.invalidRequest, "The form is not UTF-8.")
        }
        return try Parameters(query: text)
    }
}
