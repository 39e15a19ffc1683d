package import Evaluation

/// What the first line of an answer says where it is a replay.
package enum ReplayText {
    /// Ends the line; empty where it is none.
    package static func ending(_ replay: Replay?) -> String {
        replay.map { ", a replay with \(settings($0))" } ?? ""
    }

    /// A sentence for those who read a page.
    package static func sentence(_ replay: Replay) -> String {
        "The task was created later, so that nobody can have asked then: this replays what was backfilled, with "
            + "\(settings(replay)), and with the models and roles of today."
    }

    private static func settings(_ replay: Replay) -> String {
        "settings \(replay.settings.version) of \(WindowText.present(replay.settings.recordedAt))"
    }
}
