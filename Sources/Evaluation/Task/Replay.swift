/// That a question is about an instant before its task was created, so that nobody can have asked it then.
///
/// Its answer replays history that was backfilled. Settings, models and roles of that instant there are none, so
/// those of the moment of asking are taken, and the answer may change with them. Every other question about the
/// past is answered with what was in force, and is the same for ever (rule T7).
package struct Replay: Sendable, Equatable {
    /// The settings that were taken instead.
    package var settings: SettingsOrigin

    package init(settings: SettingsOrigin) {
        self.settings = settings
    }
}

/// Which of a task's settings were taken: each change makes a new version.
package struct SettingsOrigin: Sendable, Equatable {
    /// Counted from 1.
    package var version: Int32
    /// Since when they are in force.
    package var recordedAt: Instant

    package init(version: Int32, recordedAt: Instant) {
        self.version = version
        self.recordedAt = recordedAt
    }
}
