/// Says what became of a model after a recommendation, from what has happened since; pure.
package struct AftermathBuilder: Sendable {
    private let view: TaskView
    private let cohorts: [FrozenCohort]
    private let roles: [RoleChange]
    private let acknowledgements: [Acknowledgement]
    /// The matured days of the models that were asked about.
    private var daysOfModel: [Name: [EvidenceDay]] = [:]

    /// - Parameters:
    ///   - view: The task as it is now.
    ///   - cohorts: In event order.
    ///   - roles: Changes of roles, oldest first.
    ///   - acknowledgements: Of all models, oldest first.
    package init(
        view: TaskView,
        cohorts: [FrozenCohort],
        roles: [RoleChange],
        acknowledgements: [Acknowledgement]
    ) {
        self.view = view
        self.cohorts = cohorts
        self.roles = roles
        self.acknowledgements = acknowledgements
    }

    package mutating func aftermath(of record: RecommendationRecord) -> RecommendationAftermath {
        let end = record.asOf.advanced(bySeconds: Int64(RecentDays.count) * 86_400)
        let days = days(of: record.model).filter { $0.knownAt > record.asOf && $0.knownAt <= end }
        let rows = days.reduce(0) { $0 + $1.cell.labelled }
        let sum = days.reduce(0) { $0 + $1.cell.lossSum }
        return RecommendationAftermath(
            risk: rows > 0 ? sum / Double(rows) : nil,
            rows: rows,
            champion: roles.first {
                $0.role == .champion && $0.model != record.model && $0.validFrom > record.asOf
            },
            acknowledgedAt: acknowledgements.first {
                $0.model == record.model && $0.instant > record.asOf
            }?.instant
        )
    }

    private mutating func days(of model: Name) -> [EvidenceDay] {
        if let days = daysOfModel[model] { return days }
        let days = EvidenceDay.days(
            cohorts,
            age: view.task.horizonSeconds,
            versions: view.dictionary.versions(ofModelNamed: model),
            task: view.task,
            buckets: view.buckets
        )
        daysOfModel[model] = days
        return days
    }
}
