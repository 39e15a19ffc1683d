package import Evaluation
import Foundation

extension ZoneRules {
    /// Where operating systems keep their time zones.
    private static let directories = [
        "/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo",
    ]

    /// The time zone of a name, as the operating system has it; where it has none, as Foundation does.
    ///
    /// It is `nil` where neither knows such a zone.
    ///
    /// - Parameter name: An IANA name, such as `Europe/Berlin`.
    package init?(named name: String) {
        let file = Self.isZoneName(name) ? Self.file(named: name) : nil
        if let rules = file.flatMap(ZoneFile.init).map(\.rules) {
            self = rules
        } else if let zone = TimeZone(identifier: name) {
            self.init(zone)
        } else {
            return nil
        }
    }

    /// A name that leads to no other place, and neither to the zone of this machine nor to clocks that count
    /// leap seconds.
    private static func isZoneName(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        let isPlain = parts.allSatisfy { part in
            !part.isEmpty
                && part.utf8.allSatisfy {
                    switch $0 {
                    case UInt8(ascii: "a")...UInt8(ascii: "z"),
                        UInt8(ascii: "A")...UInt8(ascii: "Z"),
                        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"),
                        UInt8(ascii: "+"), UInt8(ascii: "-"):
                        true
                    default: false
                    }
                }
        }
        return isPlain && !["posix", "right", "localtime", "posixrules"].contains(String(parts[0]))
    }

    private static func file(named name: String) -> [UInt8]? {
        for directory in directories {
            if let data = FileManager.default.contents(atPath: "\(directory)/\(name)") {
                return Array(data)
            }
        }
        return nil
    }

    private init(_ zone: TimeZone) {
        func date(_ second: Int64) -> Date { Date(timeIntervalSince1970: TimeInterval(second)) }
        var moment = date(ZoneFile.firstSecond)
        let end = date(ZoneFile.endSecond)
        let offset = Int64(zone.secondsFromGMT(for: moment))
        var changes: [Stretch] = []
        while let next = zone.nextDaylightSavingTimeTransition(after: moment), next < end {
            moment = next
            let after = zone.secondsFromGMT(for: next.addingTimeInterval(1))
            changes.append(
                Stretch(
                    start: Int64(next.timeIntervalSince1970.rounded()),
                    offset: Int64(after)
                )
            )
        }
        self.init(offset: offset, changes: changes)
    }
}
