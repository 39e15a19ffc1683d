import Contract
import Evaluation

/// A few numbers at a glance.
struct Facts {
    private var items: [HTML] = []

    mutating func add(_ name: String, _ text: String, _ note: String, value: JSONValue? = nil) {
        add(name, text, note: "\(note)", value: value)
    }

    mutating func add(_ name: String, _ text: String, note: HTML, value: JSONValue? = nil) {
        var raw: HTML = .empty
        if let value { raw = " data-value=\"\(value.inline)\"" }
        let small: HTML = note == .empty ? .empty : "<small>\(note)</small>"
        items.append("<div><dt>\(name)</dt><dd\(raw)><bdi>\(text)</bdi>\(small)</dd></div>")
    }

    var html: HTML { items.isEmpty ? .empty : "<dl class=\"facts\">\(items)</dl>" }
}

/// Sentences that say why.
enum Reasons {
    static func html(_ sentences: [String]) -> HTML {
        guard !sentences.isEmpty else { return .empty }
        return "<ul class=\"reasons\">\(sentences.map { text -> HTML in "<li>\(text)</li>" })</ul>"
    }
}

/// The way to numbers from rows, and back.
enum Exactness {
    /// A line with the way; `address` is that of the page as it is.
    static func html(
        _ isExact: Bool,
        of address: PageAddress,
        text: String = "Read the rows for exact numbers"
    ) -> HTML {
        guard !isExact else {
            return """
                <p class="small soft">Read from the rows. \
                <a href="\(address.with("exact", nil).text)">Back to the roll-ups</a></p>
                """
        }
        return """
            <p class="small soft"><a href="\(address.with("exact", "true").text)">\(text)</a>, which takes \
            longer.</p>
            """
    }
}

/// What to do where something is not there yet.
enum Missing {
    static func predictions(_ task: PredictionTask) -> HTML {
        """
        <div class="empty"><h2>No predictions yet</h2>
        <p>Upload what the models predicted; labels can follow whenever they come. Columns: \
        <code>prediction_id</code>, <code>predicted_at</code>, <code>model</code>, <code>score</code>.</p>
        <pre>gnomon predictions upload --task \(task.name) predictions.csv
        gnomon labels upload --task \(task.name) labels.csv</pre>
        <p>Programs post them to <code>/v1/tasks/\(task.name)/predictions</code>: see <a href="/docs">the \
        API</a>.</p></div>
        """
    }

    static func rows(_ task: PredictionTask, before rowsFrom: Instant) -> HTML {
        """
        <div class="empty"><h2>The rows are gone</h2>
        <p>\(task.name) no longer keeps rows of predictions before \(rowsFrom.iso8601) (its retention), and has none \
        since. What was added up from them is still there: see the metric, the comparison and the \
        recommendation.</p></div>
        """
    }

    static let inInterval: HTML = """
        <div class="empty"><h2>Nothing in this interval</h2>
        <p>There are no predictions of what was chosen. Choose a longer interval, or all models.</p></div>
        """

    static func champion(_ task: PredictionTask, models: [Name]) -> HTML {
        """
        <div class="empty"><h2>No champion is named</h2>
        <p>The models are: \(models.joined(separator: ", ")). Say which one answers:</p>
        <pre>gnomon model role --task \(task.name) \(models.first ?? "MODEL") champion</pre></div>
        """
    }

    /// What a champion and a shadow lack to be held beside each other.
    static func comparison(_ task: PredictionTask, _ outline: TaskOutline) -> HTML {
        guard outline.extent != nil else { return predictions(task) }
        return outline.champion.map { shadow(task, champion: $0) }
            ?? champion(task, models: outline.models.map(\.name))
    }

    static func shadow(_ task: PredictionTask, champion: Name) -> HTML {
        """
        <div class="empty"><h2>\(champion) has no shadow</h2>
        <p>A shadow scores the same requests and answers nothing. Upload its predictions for the same \
        prediction ids, under another model name:</p>
        <pre>gnomon predictions upload --task \(task.name) --set model=shadow shadow.csv</pre></div>
        """
    }

    static func labels(_ task: PredictionTask) -> HTML {
        """
        <div class="empty"><h2>No labels yet</h2>
        <p>Predictions are here, their outcomes are not. Upload them when they are known:</p>
        <pre>gnomon labels upload --task \(task.name) labels.csv</pre></div>
        """
    }
}
