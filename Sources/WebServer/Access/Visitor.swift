/// Who asks, and by which login of a browser, if by one.
struct Visitor: Sendable {
    var identity: Identity
    /// The secret of the login.
    var session: String?
    var address: ClientAddress
}
