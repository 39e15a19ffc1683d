package import Evaluation

/// The columns that a file of one task may have.
struct Vocabulary: Sendable {
    /// The columns without which no row can be read, in the order in which they are documented.
    let required: [Name]
    /// Those that may be there.
    let optional: [Name]
    private let roles: [Name: ColumnRole]
    private let allowsFeatures: Bool
    private let allowsQuantiles: Bool
    let isBackfill: Bool

    static func predictions(
        of task: PredictionTask,
        isBackfill: Bool
    ) throws(IngestError) -> Vocabulary {
        let scores = task.scoreColumns.names
        var roles: [Name: ColumnRole] = [
            "prediction_id": .predictionID, "predicted_at": .predictedAt, "model": .model,
            "version": .version, "known_at": .knownAt, "decision": .detail(.decision),
            "entity": .detail(.entity), "latency_ms": .detail(.latency),
            "status": .detail(.status), "weight": .detail(.weight),
        ]
        for (index, name) in scores.enumerated() { roles[name] = .score(index) }
        for (index, key) in task.sliceKeys.enumerated() {
            guard roles.updateValue(.slice(index), forKey: key) == nil else {
                throw .invalidOption(
                    "The slice key \(key) of task \(task.name) is also the name of a column; "
                        + "declare the slice under another name."
                )
            }
        }
        let known: [Name] = isBackfill ? ["known_at"] : []
        return Vocabulary(
            required: ["prediction_id", "predicted_at", "model"] + scores + known,
            optional: ["version", "decision", "entity", "latency_ms", "status", "weight"]
                + (isBackfill ? [] : ["known_at"]) + task.sliceKeys,
            roles: roles,
            allowsFeatures: true,
            allowsQuantiles: task.kind.has(.quantiles),
            isBackfill: isBackfill
        )
    }

    static func labels(isBackfill: Bool) -> Vocabulary {
        Vocabulary(
            required: ["prediction_id", "observed_at", "label"] + (isBackfill ? ["known_at"] : []),
            optional: ["source", "predicted_at"] + (isBackfill ? [] : ["known_at"]),
            roles: [
                "prediction_id": .predictionID, "observed_at": .observedAt, "label": .label,
                "source": .source, "known_at": .knownAt, "predicted_at": .predictedAt,
            ],
            allowsFeatures: false,
            allowsQuantiles: false,
            isBackfill: isBackfill
        )
    }

    /// The role of a column under Gnomon's name for it, or nil where there is no such column.
    func role(named column: Name) -> ColumnRole? {
        if let role = roles[column] { return role }
        let name = column.text
        if allowsFeatures, name.hasPrefix("feature."), name.utf8.count > 8 {
            return .detail(.feature(Name(name.dropFirst(8))))
        }
        if allowsQuantiles, name.hasPrefix("q_") {
            let level = name.dropFirst(2)
            let isPlain = level.allSatisfy { ("0"..."9").contains($0) || $0 == "." }
            // In Swift's spelling, so that 0.5 and 0.50 are one quantile.
            if isPlain, let number = Double(level), number > 0, number < 1 {
                return .detail(.quantile(number.description))
            }
        }
        return nil
    }

    /// Gnomon's name of a required column's role.
    func name(of role: ColumnRole) -> Name {
        switch role {
        case .detail(.feature(let name)): Name("feature.\(name)")
        case .detail(.quantile(let level)): Name("q_\(level)")
        default: roles.first { $0.value == role }?.key ?? ""
        }
    }

    /// All columns, for messages.
    var listing: String {
        var names = required + optional
        if allowsQuantiles { names.append("q_<level>") }
        if allowsFeatures { names.append("feature.<name>") }
        return names.joined(separator: ", ")
    }
}

extension PredictionTask {
    /// Refuses slice keys that are also the names of columns.
    package func checkColumns() throws(IngestError) {
        _ = try Vocabulary.predictions(of: self, isBackfill: true)
    }
}
