/// Which side of a pair of versions the champion is.
package struct PairSides: Sendable {
    private let championVersions: Set<Int32>
    private let shadowVersions: Set<Int32>

    package init(_ dictionary: TaskDictionary, champion: Name, shadow: Name) {
        championVersions = Set(dictionary.versions(ofModelNamed: champion))
        shadowVersions = Set(dictionary.versions(ofModelNamed: shadow))
    }

    /// `nil` for a pair of other models.
    package func championIsFirst(_ pair: VersionPair) -> Bool? {
        if championVersions.contains(pair.first), shadowVersions.contains(pair.second) {
            return true
        }
        return shadowVersions.contains(pair.first) && championVersions.contains(pair.second)
            ? false : nil
    }
}
