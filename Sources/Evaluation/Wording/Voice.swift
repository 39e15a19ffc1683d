/// Who reads a sentence: settings have other names on a command line than in a request.
package enum Voice: Sendable, CaseIterable {
    /// `--minimum-gain 0.1`
    case terminal
    /// `minimum_gain=0.1`, in an address or a body.
    case request

    /// The name of a setting, from that in the words of requests, such as `minimum_gain`.
    func naming(_ name: String) -> String {
        switch self {
        case .terminal: "--" + name.replacing("_", with: "-")
        case .request: name
        }
    }

    /// A setting with the value that was given.
    func giving(_ name: String, _ value: String) -> String {
        switch self {
        case .terminal: "\(naming(name)) \(value)"
        case .request: "\(name)=\(value)"
        }
    }
}
