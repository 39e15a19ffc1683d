/// A text that names settings, until it is known who reads it.
///
/// `"Say which with \(setting: "from") and \(setting: "to")."` is read as `--from` on a terminal, and as `from` in the
/// answer to a request.
package struct Wording: Sendable, Equatable, ExpressibleByStringInterpolation {
    fileprivate enum Part: Sendable, Equatable {
        case text(String)
        case setting(String)
        case given(name: String, value: String)
        indirect case told(terminal: [Part], request: [Part])

        func text(for voice: Voice) -> String {
            switch self {
            case .text(let text): text
            case .setting(let name): voice.naming(name)
            case .given(let name, let value): voice.giving(name, value)
            case .told(let terminal, let request):
                (voice == .terminal ? terminal : request).map { $0.text(for: voice) }.joined()
            }
        }
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var parts: [Part] = []

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ literal: String) { parts.append(.text(literal)) }

        package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            parts.append(.text(value.description))
        }

        /// The name of a setting, in the words of requests.
        package mutating func appendInterpolation(setting name: String) {
            parts.append(.setting(name))
        }

        /// A setting with the value that was given.
        package mutating func appendInterpolation(setting name: String, given value: String) {
            parts.append(.given(name: name, value: value))
        }

        package mutating func appendInterpolation(_ wording: Wording) { parts += wording.parts }

        /// What each is told who may read it, such as how to go on from where they are; a page is told what a request is.
        package mutating func appendInterpolation(terminal: Wording, request: Wording) {
            parts.append(.told(terminal: terminal.parts, request: request.parts))
        }
    }

    fileprivate var parts: [Part]

    package init(stringLiteral value: String) {
        parts = [.text(value)]
    }

    package init(stringInterpolation: StringInterpolation) {
        parts = stringInterpolation.parts
    }

    /// A text that names no setting.
    package init(_ text: String) {
        parts = [.text(text)]
    }

    package static func + (left: Wording, right: Wording) -> Wording { "\(left)\(right)" }

    package func text(for voice: Voice) -> String {
        parts.map { $0.text(for: voice) }.joined()
    }
}

/// An error that names settings in the words of the one who reads it.
package protocol WordedError: Error, CustomStringConvertible {
    var wording: Wording { get }
}

extension WordedError {
    package var description: String { wording.text(for: .terminal) }
}
