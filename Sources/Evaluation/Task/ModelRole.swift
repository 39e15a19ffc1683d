/// What a model does: a champion answers, a shadow scores the same requests and answers nothing.
package enum ModelRole: String, Sendable, CaseIterable {
    case champion
    case shadow
    case retired
}

/// A model has a role from an instant on.
package struct RoleChange: Sendable, Equatable {
    package var model: Name
    package var role: ModelRole
    package var validFrom: Instant

    package init(model: Name, role: ModelRole, validFrom: Instant) {
        self.model = model
        self.role = role
        self.validFrom = validFrom
    }
}

/// A model, and since when it is known.
package struct KnownModel: Sendable, Equatable {
    package var name: Name
    /// When the first upload with predictions of it was taken in.
    package var since: Instant

    package init(name: Name, since: Instant) {
        self.name = name
        self.since = since
    }
}

/// The roles of a task's models at an instant.
package struct ModelRoles: Sendable, Equatable {
    package private(set) var roles: [Name: ModelRole] = [:]
    /// When the present champion took over from another one; `nil` if there was none before it.
    package private(set) var championSince: Instant?
    /// Since when the champion is taken for it, where nobody has named one; `nil` for one that was named.
    package private(set) var championAssumedSince: Instant?

    /// - Parameters:
    ///   - models: All models of the task that are known at the instant.
    ///   - history: Recorded roles, oldest first.
    ///   - asOf: Later changes are not seen.
    ///
    /// Models without a recorded role are shadows. While nobody has named a champion, one of them is taken for
    /// it: the one named `champion`, or else the one that was known first, and of several that came together
    /// the one whose name sorts first.
    package init(models: [KnownModel], history: [RoleChange], asOf: Instant) {
        var wasNamed = false
        for change in history where change.validFrom <= asOf {
            if change.role == .champion {
                wasNamed = true
                if let predecessor = champion, predecessor != change.model {
                    championSince = change.validFrom
                }
                for (model, role) in roles where role == .champion { roles[model] = .shadow }
            }
            roles[change.model] = change.role
        }
        if !wasNamed, let assumed = assumedChampion(among: models) {
            roles[assumed.name] = .champion
            championAssumedSince = assumed.since
        }
        for model in models where roles[model.name] == nil { roles[model.name] = .shadow }
    }

    private func assumedChampion(among models: [KnownModel]) -> KnownModel? {
        let candidates = models.filter { roles[$0.name] == nil }
        return candidates.first { $0.name == "champion" }
            ?? candidates.min { ($0.since, $0.name) < ($1.since, $1.name) }
    }

    package var champion: Name? {
        roles.first { $0.value == .champion }?.key
    }

    package var shadows: [Name] {
        roles.filter { $0.value == .shadow }.map(\.key).sorted()
    }

    package subscript(model: Name) -> ModelRole {
        roles[model] ?? .shadow
    }

    /// Since when a model is taken for the champion though nobody named it; `nil` for every other model.
    package func assumedSince(_ model: Name) -> Instant? {
        model == champion ? championAssumedSince : nil
    }
}
