package import Evaluation

extension AssumedTimeZone {
    /// - Parameters:
    ///   - identifier: An IANA name, such as `Europe/Berlin`.
    ///   - repeatedHour: Which to take of a time that comes twice.
    /// - Throws: `IngestError.invalidOption` where no such zone is known.
    package init(
        _ identifier: String,
        repeatedHour: RepeatedHour? = nil
    ) throws(IngestError) {
        guard let zone = ZoneRules(named: identifier) else {
            throw .invalidOption(
                """
                \(setting: "assume_time_zone", given: identifier): no such time zone; give an IANA name such as \
                Europe/Berlin or UTC.
                """
            )
        }
        self.init(identifier: identifier, zone: zone, repeatedHour: repeatedHour)
    }
}
