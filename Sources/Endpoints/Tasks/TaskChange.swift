package import Contract
package import Evaluation
import Ingest

/// Settings that a request gives: the members of a task's JSON.
package struct TaskChange: Sendable {
    private let members: Members

    private static let changeable = TaskSetting.all.filter { !$0.isFixed }.map(\.name)
    /// What is given when the task is made, and never again.
    private static let fixed =
        ["task", "kind"] + TaskSetting.all.filter(\.isFixed).map(\.name)

    package init(_ json: JSONValue, isNew: Bool) throws {
        members = try Members(
            json,
            allowed: (isNew ? Self.fixed : []) + Self.changeable,
            nullable: ["positive", "threshold"]
        )
        guard isNew || Self.changeable.contains(where: { members[$0] != nil }) else {
            throw ParameterFault(
                .impossible,
                "Give a setting to change: \(Self.changeable.joined(separator: ", "))."
            )
        }
    }

    /// The task that is to be created.
    package func newTask() throws -> PredictionTask {
        let name = try members.requiredText("task")
        guard let kind = try members.choice("kind", TaskKind.self) else {
            let all = TaskKind.open.map(\.rawValue).joined(separator: ", ")
            throw ParameterFault(
                .unreadable,
                "The member \"kind\" is missing; it is one of: \(all)."
            )
        }
        var task = PredictionTask(name: Name(name), kind: kind)
        try apply(to: &task)
        return task
    }

    package func apply(to task: inout PredictionTask) throws {
        let given = GivenSettings(members, for: task) { NamedZone($0) }
        for setting in TaskSetting.all { try setting.take(given, &task) }
    }
}
