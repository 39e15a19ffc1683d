/// Who reads a text, and so what it calls settings and which way on it names.
package enum Voice: Sendable, CaseIterable {
    /// `--minimum-gain 0.1`; whoever reads it can type a command.
    case terminal
    /// `minimum_gain=0.1`, in an address or a body.
    case request
    /// A page, whose address and forms have the settings of a request.
    case page

    /// The name of a setting, from that in the words of requests, such as `minimum_gain`.
    func naming(_ name: String) -> String {
        switch self {
        case .terminal: "--" + name.replacing("_", with: "-")
        case .request, .page: name
        }
    }

    /// A setting with the value that was given.
    func giving(_ name: String, _ value: String) -> String {
        switch self {
        case .terminal: "\(naming(name)) \(value)"
        case .request, .page: "\(name)=\(value)"
        }
    }
}
