package import Evaluation

/// The names that a question may use are those that were known at its instant.
extension TaskView {
    /// The champion's name; `named` is the model that the caller names instead.
    package func champion(named: Name? = nil) throws -> Name {
        if let named {
            try check(model: named)
            return named
        }
        if let champion = roles.champion { return champion }
        guard let asOf else {
            throw HarnessError.noChampion(task: task.name, models: models)
        }
        throw HarnessError.noChampionThen(
            task: task.name,
            asOf: asOf,
            models: models,
            next: nextChampion
        )
    }

    package func check(model: Name) throws {
        guard models.contains(model) else { throw noSuch(model) }
    }

    /// Refuses a model of which nothing was known: it was named later, and no row that was backfilled claims more.
    ///
    /// `isSeen` says whether there are rows of it.
    func check(model: Name?, isSeen: Bool) throws {
        guard let model, !isSeen else { return }
        try check(model: model)
    }

    /// Refuses a model that has never been named.
    func checkEver(model: Name?) throws {
        guard let model, !dictionary.modelNames.contains(model) else { return }
        throw noSuch(model)
    }

    private func noSuch(_ model: Name) -> HarnessError {
        .noSuchModel(model, task: task.name, models: models)
    }

    /// The number of a slice.
    package func slice(_ slice: Slice?) throws -> Int32 {
        guard let slice else { return TaskDictionary.allSlices }
        guard let known = dictionary.slices.first(where: { $0.value == slice }) else {
            throw unknown(slice)
        }
        return known.key
    }

    /// Refuses a slice of which nothing was known.
    ///
    /// `isSeen` says whether there are rows of it.
    func check(slice: Slice?, isSeen: Bool) throws {
        guard let slice, !isSeen, !slices.contains(try self.slice(slice)) else { return }
        throw unknown(slice)
    }

    private func unknown(_ slice: Slice) -> HarnessError {
        .unknownSlice(slice, known: sliceNames)
    }
}
