/// An answer that is given again to the same request.
package struct KeptAnswer: Sendable, Equatable {
    /// Of everything that makes the request what it is.
    package var requestDigest: [UInt8]
    package var status: Int32
    package var contentType: String
    package var body: [UInt8]

    package init(requestDigest: [UInt8], status: Int32, contentType: String, body: [UInt8]) {
        self.requestDigest = requestDigest
        self.status = status
        self.contentType = contentType
        self.body = body
    }
}
