import Evaluation
import Foundation

extension ZoneRules {
    /// The rules of a zone as this system's files have them.
    init?(named name: String) {
        guard let data = FileManager.default.contents(atPath: "/usr/share/zoneinfo/\(name)"),
            let file = ZoneFile(Array(data))
        else { return nil }
        self = file.rules
    }
}
