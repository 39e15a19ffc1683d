/// What there is of a task: what can be asked for, and what has happened.
package struct TaskOutline: Sendable {
    package var models: [Model]
    package var slices: [Slice]
    package var champion: Name?
    /// Since when the champion is taken for it, where nobody has named one.
    package var championAssumedSince: Instant?
    /// From the start of the first time bucket with predictions to that of the last.
    package var extent: ClosedRange<Instant>?
    /// Changes of roles, oldest first.
    package var roles: [RoleChange]
    /// Verdicts that were given, about the newest instants first; replays among them only where the task holds only
    /// history, whose verdicts they are.
    package var recommendations: [GivenVerdict]
    package var acknowledgements: [Acknowledgement]
    package var present: Instant
    /// Set where the task did not exist yet.
    package var replay: Replay?
    /// Whether all predictions were made before the task was created: it is looked back on, and nobody acts on it.
    package var holdsOnlyHistory = false

    package init(
        models: [Model],
        slices: [Slice],
        champion: Name? = nil,
        championAssumedSince: Instant? = nil,
        extent: ClosedRange<Instant>? = nil,
        roles: [RoleChange],
        recommendations: [GivenVerdict],
        acknowledgements: [Acknowledgement],
        present: Instant,
        replay: Replay? = nil,
        holdsOnlyHistory: Bool = false
    ) {
        self.models = models
        self.slices = slices
        self.champion = champion
        self.championAssumedSince = championAssumedSince
        self.extent = extent
        self.roles = roles
        self.recommendations = recommendations
        self.acknowledgements = acknowledgements
        self.present = present
        self.replay = replay
        self.holdsOnlyHistory = holdsOnlyHistory
    }

    package struct Model: Sendable, Equatable {
        package var name: Name
        package var role: ModelRole

        package init(name: Name, role: ModelRole) {
            self.name = name
            self.role = role
        }
    }

    /// Whether neither the task nor anything that it holds was there at the instant.
    package var isUnknown: Bool { replay != nil && extent == nil }

    package var shadows: [Name] { models.filter { $0.role == .shadow }.map(\.name) }
}
