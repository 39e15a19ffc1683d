/// The names behind the numbers that facts and cells carry: a snapshot of a task's dictionaries.
package struct TaskDictionary: Sendable {
    package struct Version: Sendable, Equatable {
        package var model: Int32
        package var modelName: Name
        package var version: Name

        package init(model: Int32, modelName: Name, version: Name) {
            self.model = model
            self.modelName = modelName
            self.version = version
        }

        /// Whether this version comes before another by model name, then by version.
        package func sortsBefore(_ other: Version) -> Bool {
            modelName != other.modelName ? modelName < other.modelName : version < other.version
        }
    }

    package var versions: [Int32: Version] = [:]
    package var modelSets: [Int32: [Int32]] = [:]
    /// Slice values in the order of the task's slice keys; an empty text where a row gave none.
    package var sliceSets: [Int32: [Name]] = [:]
    /// The slices that the rows of a slice set belong to, "all" left out.
    package var slicesOfSet: [Int32: [Int32]] = [:]
    package var slices: [Int32: Slice] = [:]
    package var sources: [Int32: Name] = [:]

    package init() {}

    /// The slice that every row belongs to.
    package static let allSlices: Int32 = 0

    /// The versions of a model, in order.
    package func versions(ofModelNamed name: Name) -> [Int32] {
        versions.filter { $0.value.modelName == name }
            .sorted { $0.value.sortsBefore($1.value) }
            .map(\.key)
    }

    /// The number of a model; `nil` where it has no version.
    package func model(named name: Name) -> Int32? {
        versions.values.first { $0.modelName == name }?.model
    }

    /// The versions of some models, given by their numbers.
    package func versions(of models: Set<Int32>) -> Set<Int32> {
        guard !models.isEmpty else { return [] }
        return Set(versions.filter { models.contains($0.value.model) }.keys)
    }

    /// Model names in the order of their bytes.
    package var modelNames: [Name] {
        Set(versions.values.map(\.modelName)).sorted()
    }
}
