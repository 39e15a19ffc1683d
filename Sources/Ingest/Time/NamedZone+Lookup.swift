package import Evaluation
import Synchronization

extension NamedZone {
    /// The zone of a name, as this machine has it.
    ///
    /// A zone's changes over centuries take milliseconds to look up, so they are looked up once.
    package init(_ name: String) {
        if let known = knownZones.withLock({ $0[name] }) {
            self = known
            return
        }
        let rules = ZoneRules(named: name)
        self.init(name: name, rules: rules)
        // There are no more of them than there are time zones.
        if rules != nil { knownZones.withLock { [self] in $0[name] = self } }
    }
}

private let knownZones = Mutex<[String: NamedZone]>([:])
