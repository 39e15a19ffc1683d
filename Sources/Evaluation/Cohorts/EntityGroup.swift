import Statistics

/// The group in which the rows of an entity are summed.
///
/// Entities are too many to keep sums of each, and a variance between independent groups of entities is that
/// between entities. The group depends on nothing but the entity, for ever and on every machine.
package enum EntityGroup {
    package static let count = 64

    /// The group of an entity, or of a request without one, which is an entity of its own.
    ///
    /// - Parameters:
    ///   - name: The entity as the JSON of the details has it, without quotes; `nil` for a request without one.
    ///   - request: The number that stands for the prediction id.
    /// - Returns: From 0 to `count` − 1.
    package static func of(name: ArraySlice<UInt8>?, request: UInt64) -> Int {
        group(name.map(ByteHash.of) ?? request)
    }

    /// The entity that a row names; an empty text names none.
    package static func name(in details: String) -> [UInt8]? {
        DetailsText(details).text("entity").flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The first six bits, mixed.
    private static func group(_ number: UInt64) -> Int { Int(SplitMix64.mix(number) >> 58) }
}

extension PredictionHistory {
    /// The request's entity: the name that sorts first among those that its predictions say; `nil` where none does.
    ///
    /// `standing` are the predictions that count.
    func entity(standing: [Int]) -> [UInt8]? {
        var first: [UInt8]?
        for index in standing {
            guard let name = EntityGroup.name(in: predictions[index].details) else { continue }
            if let known = first, !name.lexicographicallyPrecedes(known) { continue }
            first = name
        }
        return first
    }
}
