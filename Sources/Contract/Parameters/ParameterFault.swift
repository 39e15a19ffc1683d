package import Evaluation

/// A parameter of a question that does not say what can be asked.
package struct ParameterFault: WordedError, Equatable {
    package enum Kind: Sendable, Equatable {
        /// Not of the form that its description has.
        case unreadable
        /// Of the form, and yet no such thing can be asked: a date that is none, or two that do not go together.
        case impossible
    }

    package var kind: Kind
    /// What is wrong, and what is allowed: full sentences.
    package var wording: Wording

    package init(_ kind: Kind, _ wording: Wording) {
        self.kind = kind
        self.wording = wording
    }
}
