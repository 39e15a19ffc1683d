/// Where input comes from.
package enum InputSource: Sendable, Equatable {
    /// A path.
    case file(String)
    case standardInput
    /// A path that means nothing to the one who sent what is there.
    case received(path: String, name: String)
    /// Bytes in memory, such as the body of a request.
    case bytes([UInt8], name: String)

    /// Reads a command line argument: `-` is standard input, all else is a path.
    package init(argument: String) {
        self = argument == "-" ? .standardInput : .file(argument)
    }

    /// What errors call the source.
    package var name: String {
        switch self {
        case .file(let path): path
        case .standardInput: "standard input"
        case .bytes(_, let name), .received(_, let name): name
        }
    }
}
