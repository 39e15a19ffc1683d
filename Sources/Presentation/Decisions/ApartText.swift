package import Evaluation

/// How far apart a champion and a shadow are, in words.
package enum ApartText {
    /// `0.0831 (root mean square)`, in the unit of a score; `nil` where it is not known.
    package static func distance(_ apart: PairsApart, _ kind: TaskKind) -> String? {
        apart.distance.map {
            "\(NumberText.number($0)) (\(kind.sumsSquaredDistances ? "root mean square" : "mean"))"
        }
    }

    /// `3.1 % are decided differently, 3.0 % of those with labels`; `nil` where nothing is decided.
    package static func decisions(_ apart: PairsApart) -> String? {
        apart.decidedDifferently.map { share in
            let labelled = apart.labelledDecidedDifferently.map {
                ", \(NumberText.percent($0)) of those with labels"
            }
            return "\(NumberText.percent(share)) are decided differently\(labelled ?? "")"
        }
    }

    /// What is known of all requests that both scored, on one line.
    package static func summary(_ apart: PairsApart, _ kind: TaskKind) -> String {
        let requests = NumberText.count(apart.requests, "request", "requests")
        let known = [
            "\(requests) that both scored, \(NumberText.count(apart.labelled)) with labels",
            distance(apart, kind).map { "scores apart by \($0)" }, decisions(apart),
        ]
        return known.compactMap(\.self).joined(separator: "; ")
    }
}
