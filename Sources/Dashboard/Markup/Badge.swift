/// A state in a word, with a sign and a colour that say the same.
package struct Badge: Sendable, Equatable {
    package var text: String
    package var tone: Tone

    package enum Tone: String, Sendable {
        case good
        case warn
        case bad
        case plain
    }

    package init(_ text: String, _ tone: Tone) {
        self.text = text
        self.tone = tone
    }

    private var sign: String {
        switch tone {
        case .good: "✓"
        case .warn: "…"
        case .bad: "▲"
        case .plain: "•"
        }
    }

    package var html: HTML {
        """
        <span class="badge \(tone.rawValue)"><span aria-hidden="true">\(sign)</span>\(text)</span>
        """
    }
}
