import Contract
import Evaluation

/// A form that leads to the same page with another choice.
struct ChoiceForm {
    var action: PageAddress
    var asOf: Instant?
    /// What was asked before; what is not chosen anew stays.
    var asked = Parameters()

    /// A list with more to choose from would make the page heavy.
    private static let mostSlices = 100

    /// The form with its `fields`; `chosen` are the parameters that they give.
    func html(choosing chosen: Set<String> = [], _ fields: [HTML]) -> HTML {
        var kept = asked.names.filter { !chosen.contains($0) }.map { ($0, asked[$0] ?? "") }
        if let asOf { kept.append(("as_of", asOf.iso8601)) }
        let hidden = HTML(
            kept.map { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\"/>" as HTML }
        )
        return """
            <form class="choose" method="get" action="\(action.text)">\(hidden)
            \(HTML(fields.filter { $0 != .empty }))
            <button type="submit">Show</button>
            </form>
            """
    }

    static func select(
        _ name: String,
        _ title: String,
        _ options: [(value: String, title: String)],
        chosen: String
    ) -> HTML {
        let items = options.map { option -> HTML in
            let mark: HTML = option.value.hasSameBytes(as: chosen) ? " selected=\"selected\"" : ""
            return "<option value=\"\(option.value)\"\(mark)>\(option.title)</option>"
        }
        return """
            <div><label for="choose-\(name)">\(title)</label>\
            <select id="choose-\(name)" name="\(name)">\(items)</select></div>
            """
    }

    /// The slices of a task; empty where it has none.
    static func slices(_ slices: [Slice], chosen: String?) -> HTML {
        guard !slices.isEmpty else { return .empty }
        var names = slices.prefix(mostSlices).map { Name($0.text) }
        if let chosen = chosen.map({ Name($0) }), !names.contains(chosen) { names.append(chosen) }
        return select(
            "slice",
            "Slice",
            [("", "All traffic")] + names.map { ($0.text, $0.text) },
            chosen: chosen ?? ""
        )
    }

    /// A date, or an instant where one was given.
    static func date(_ name: String, _ title: String, _ value: String?) -> HTML {
        let isDate = (value ?? "").count <= 10
        let kind: HTML = isDate ? "date" : "text"
        return """
            <div><label for="choose-\(name)">\(title)</label>\
            <input id="choose-\(name)" name="\(name)" type="\(kind)" value="\(value ?? "")"/></div>
            """
    }
}
