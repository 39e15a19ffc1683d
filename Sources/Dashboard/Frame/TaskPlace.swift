import Contract
package import Evaluation
import Presentation

/// Where a page of a task stands: the task, and the instant as of which it is shown.
package struct TaskPlace: Sendable, Equatable {
    package var task: PredictionTask
    /// The instant that was asked for; `nil` for the present.
    package var asOf: Instant?
    /// Set where the task did not exist then.
    package var replay: Replay?

    package init(_ task: PredictionTask, asOf: Instant?, replay: Replay? = nil) {
        self.task = task
        self.asOf = asOf
        self.replay = replay
    }

    /// The pages of a task.
    package enum Kind: String, Sendable, CaseIterable {
        case metric = ""
        case calibration
        case comparison
        case recommendation
        case labels
        case slices
        case uploads
        case settings

        package var title: String {
            switch self {
            case .metric: "Over time"
            case .calibration: "Calibration"
            case .comparison: "Comparison"
            case .recommendation: "Recommendation"
            case .labels: "Labels"
            case .slices: "Slices"
            case .uploads: "Uploads"
            case .settings: "Settings"
            }
        }
    }

    package func address(_ kind: Kind) -> PageAddress {
        PageAddress(["tasks", task.name.text] + (kind == .metric ? [] : [kind.rawValue]))
            .with("as_of", asOf?.iso8601)
    }

    /// The predictions behind a window.
    package func rows(
        from start: Instant,
        to end: Instant,
        model: Name,
        slice: String?
    ) -> PageAddress {
        PageAddress(["tasks", task.name.text, "rows"]).with("from", start.iso8601)
            .with("to", end.iso8601).with("model", model.text).with("slice", slice)
            .with("as_of", asOf?.iso8601)
    }

    /// The requests on which a champion and a shadow are farthest apart.
    package func pairs(champion: Name, shadow: Name, slice: Slice? = nil) -> PageAddress {
        PageAddress(["tasks", task.name.text, "pairs"]).with("champion", champion.text)
            .with("shadow", shadow.text).with("slice", slice?.text)
            .with("as_of", asOf?.iso8601)
    }

    /// Everything that is known of one prediction id.
    package func prediction(_ id: String) -> PageAddress {
        PageAddress(["tasks", task.name.text, "predictions", id]).with("as_of", asOf?.iso8601)
    }

    var overview: PageLink {
        PageLink("Tasks", PageAddress([""]).with("as_of", asOf?.iso8601))
    }

    func tabs(_ current: Kind?) -> [PageLink] {
        Kind.allCases.filter { $0 != .calibration || task.kind.has(.calibration) }
            .filter { $0 != .slices || !task.sliceKeys.isEmpty }
            .map { PageLink($0.title, address($0), isCurrent: $0 == current) }
    }

    /// A page of the task in the frame; `kind` is `nil` for a page that no tab leads to.
    func page(_ kind: Kind?, title: String, now: PageAddress, content: HTML) -> Page {
        Page(
            title: title,
            trail: kind == .metric
                ? [overview] : [overview, PageLink(task.name.text, address(.metric))],
            tabs: tabs(kind),
            notice: AsOf.notice(asOf, now: now, replay: replay),
            content: content
        )
    }
}

/// What pages say of the instant as of which they are.
enum AsOf {
    /// What a page about `asOf` says of it; `now` is the same page about the present.
    static func notice(_ asOf: Instant?, now: PageAddress, replay: Replay? = nil) -> HTML {
        guard let asOf else { return .empty }
        let promise: HTML =
            replay.map { ". \(ReplayText.sentence($0))" } ?? ", and will show the same for ever."
        return """
            <div class="notice" role="note"><p>This page shows what was known at \
            <time datetime="\(asOf.iso8601)">\(asOf.iso8601)</time>\(promise) \
            <a href="\(now.with("as_of", nil).text)">Show the present</a></p></div>

            """
    }

    /// When all this was known, with the address under which it stays.
    static func line(_ present: Instant, isPinned: Bool, here: PageAddress) -> HTML {
        let seconds = Instant(seconds: present.secondsRoundedDown).iso8601
        let time: HTML = "<time datetime=\"\(present.iso8601)\">\(seconds)</time>"
        guard !isPinned else { return "<p class=\"lead\">As known at \(time).</p>" }
        return """
            <p class="lead">As known at \(time). \
            <a href="\(here.with("as_of", present.iso8601).text)">Link to this page as of this instant</a></p>
            """
    }
}
