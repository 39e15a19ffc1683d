/// A model of a task: its roles, its versions, and how much it predicted.
package struct ModelSummary: Sendable, Equatable {
    package var name: Name
    package var role: ModelRole
    /// Since when the model is taken for the champion, where nobody has named one.
    package var assumedSince: Instant?
    package var versions: [Name]
    package var predictions: Int
    package var labelled: Int
    package var history: [RoleChange]

    package init(
        name: Name,
        role: ModelRole,
        assumedSince: Instant? = nil,
        versions: [Name],
        predictions: Int,
        labelled: Int,
        history: [RoleChange]
    ) {
        self.name = name
        self.role = role
        self.assumedSince = assumedSince
        self.versions = versions
        self.predictions = predictions
        self.labelled = labelled
        self.history = history
    }
}
