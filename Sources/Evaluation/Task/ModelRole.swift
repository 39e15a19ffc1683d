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

/// The roles of a task's models at an instant.
package struct ModelRoles: Sendable, Equatable {
    package private(set) var roles: [Name: ModelRole] = [:]

    /// - Parameters:
    ///   - models: All models of the task.
    ///   - history: Recorded roles, oldest first.
    ///   - asOf: Later changes are not seen.
    ///
    /// Where no role was ever recorded, a model named `champion`, or else the only model, is the champion,
    /// and the others are shadows.
    package init(models: [Name], history: [RoleChange], asOf: Instant) {
        for change in history where change.validFrom <= asOf {
            if change.role == .champion {
                if let predecessor = champion, predecessor != change.model {
                    championSince = change.validFrom
                }
                for (model, role) in roles where role == .champion { roles[model] = .shadow }
            }
            roles[change.model] = change.role
        }
        if !roles.values.contains(.champion) {
            if models.contains("champion"), roles["champion"] == nil {
                roles["champion"] = .champion
            } else if models.count == 1, roles.isEmpty {
                roles[models[0]] = .champion
            }
        }
        for model in models where roles[model] == nil { roles[model] = .shadow }
    }

    /// When the present champion took over from another one; `nil` if there was none before it.
    package private(set) var championSince: Instant?

    package var champion: Name? {
        roles.first { $0.value == .champion }?.key
    }

    package var shadows: [Name] {
        roles.filter { $0.value == .shadow }.map(\.key).sorted()
    }

    package subscript(model: Name) -> ModelRole {
        roles[model] ?? .shadow
    }
}
