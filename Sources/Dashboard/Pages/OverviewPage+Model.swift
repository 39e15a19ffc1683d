import Contract
package import Evaluation

/// All tasks with what is to be known of each at a glance.
package struct OverviewPage: Sendable {
    package var tasks: [TaskSummary]
    package var asOf: Instant?
    /// The number of the page of the list, from 1, and how many there are.
    package var part: Int
    package var parts: Int

    package init(tasks: [TaskSummary], asOf: Instant?, part: Int = 1, parts: Int = 1) {
        self.tasks = tasks
        self.asOf = asOf
        self.part = part
        self.parts = parts
    }

    /// Tasks on one page of the list.
    package static let tasksAtOnce = 60

    /// Alarms first, then what is to be looked at, each in the order of names.
    var sorted: [TaskSummary] {
        tasks.enumerated().sorted {
            (Self.rank($0.element), $0.offset) < (Self.rank($1.element), $1.offset)
        }.map(\.element)
    }

    private static func rank(_ summary: TaskSummary) -> Int {
        // What is looked back on needs nobody.
        guard !summary.holdsOnlyHistory else { return 6 }
        return switch summary.recommendation?.verdict {
        case .retrain: 0
        case .recalibrate: 1
        case .promote: 2
        case .insufficientEvidence: 3
        case .keep: 4
        case nil: 5
        }
    }
}

extension RecommendationVerdict {
    /// The verdict as a badge.
    var badge: Badge {
        switch self {
        case .keep: Badge("Keep", .good)
        case .retrain: Badge("Retrain", .bad)
        case .recalibrate: Badge("Recalibrate", .bad)
        case .promote: Badge("Promote a shadow", .warn)
        case .insufficientEvidence: Badge("Not enough evidence", .plain)
        }
    }
}
