/// A time zone by its name, with the time buckets in it, where its rules are known.
package struct NamedZone: Sendable, Equatable, CustomStringConvertible {
    /// An IANA name, such as `Europe/Berlin`.
    package let name: String
    /// `nil` where the machine that looked has no such zone.
    private let buckets: [TimeBucketSize: TimeBuckets]?

    package static let utc = NamedZone(name: "UTC", rules: .utc)

    package init(name: String, rules: ZoneRules?) {
        self.name = name
        buckets = rules.map { rules in
            let sizes = TimeBucketSize.allCases.map { ($0, TimeBuckets(rules, size: $0)) }
            return Dictionary(uniqueKeysWithValues: sizes)
        }
    }

    /// - Throws: `TaskFault.unknownTimeZone`.
    package func timeBuckets(_ size: TimeBucketSize) throws(TaskFault) -> TimeBuckets {
        guard let buckets = buckets?[size] else { throw .unknownTimeZone(name) }
        return buckets
    }

    package static func == (left: NamedZone, right: NamedZone) -> Bool { left.name == right.name }

    package var description: String { name }
}
