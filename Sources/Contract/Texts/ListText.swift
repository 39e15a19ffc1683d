/// Lists as parameters give them: `a,b,c`; a comma or a backslash of a part itself has a backslash before it.
package enum ListText {
    package static func parts(_ text: String) -> [String] {
        var parts: [String] = []
        var part = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\\" where rest.first == "," || rest.first == "\\": part.append(rest.removeFirst())
            case ",":
                parts.append(String(part))
                part = String.UnicodeScalarView()
            default: part.append(scalar)
            }
        }
        return parts + [String(part)]
    }

    /// The text that is read as the same parts; there must be one at least.
    package static func text(_ parts: [String]) -> String {
        parts.map { part in
            var escaped = String.UnicodeScalarView()
            for scalar in part.unicodeScalars {
                if scalar == "," || scalar == "\\" { escaped.append("\\") }
                escaped.append(scalar)
            }
            return String(escaped)
        }.joined(separator: ",")
    }
}
