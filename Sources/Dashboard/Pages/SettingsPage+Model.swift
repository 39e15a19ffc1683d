package import Evaluation

/// The settings of a task, and what they were before.
package struct SettingsPage: Sendable {
    package var place: TaskPlace
    package var history: SettingsHistory

    package init(place: TaskPlace, history: SettingsHistory) {
        self.place = place
        self.history = history
    }

    var address: PageAddress { place.address(.settings) }

    /// Changes that are shown, the newest of them.
    static let mostChanges = 100
}
