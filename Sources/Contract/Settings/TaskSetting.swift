package import Evaluation

/// A setting of a task, and all that there is to say of it.
package struct TaskSetting: Sendable {
    /// The name that requests and answers give it.
    package let name: String
    /// The name in words.
    package var title: String { name.replacing("_", with: " ") }
    /// What it is: the help of its option, and the beginning of the description of its member.
    package let meaning: String
    /// The schema of what a request gives.
    private let requested: JSONValue
    /// Whether it is given when the task is made, and never again.
    package let isFixed: Bool
    /// Whether stored cells depend on it.
    package let shapesCells: Bool
    /// The member of a task's JSON.
    let member: Shape<PredictionTask>.Member
    private let place: Place
    /// What is said of it to people; `nil` where the kind of task has no such setting.
    package let text: @Sendable (PredictionTask) -> String?
    /// What is wrong with the value that a task has; `nil` where it can have it.
    package let refusal: @Sendable (PredictionTask) -> Refusal?
    /// Takes it from what was given, where it was.
    package let take: @Sendable (GivenSettings, inout PredictionTask) throws -> Void

    /// - Parameters:
    ///   - name: The name that requests and answers give it.
    ///   - path: Where a task keeps it.
    ///   - meaning: What it is.
    ///   - note: What is said of its member in an answer besides.
    ///   - shape: Of its member in an answer.
    ///   - requested: The schema of what a request gives, where it is another one.
    ///   - isFixed: Whether it is given when the task is made, and never again.
    ///   - shapesCells: Whether stored cells depend on it.
    ///   - value: What an answer says.
    ///   - text: What is said to people.
    ///   - refusal: What is wrong with a value that was read, where not every one is possible.
    ///   - read: Reads the member of this name for a task; `nil` where it was not given.
    init<Kept: Equatable & Sendable, Held: Sendable>(
        _ name: String,
        of path: any WritableKeyPath<PredictionTask, Kept> & Sendable,
        _ meaning: String,
        note: String? = nil,
        _ shape: Shape<Held>,
        requested: JSONValue? = nil,
        isFixed: Bool = false,
        shapesCells: Bool = false,
        value: @escaping @Sendable (PredictionTask) -> Held,
        text: @escaping @Sendable (PredictionTask) -> String?,
        refusal: @escaping @Sendable (PredictionTask) -> Refusal? = { _ in nil },
        read: @escaping @Sendable (GivenSettings, String, PredictionTask) throws -> Kept?
    ) {
        self.name = name
        self.meaning = meaning
        self.requested = requested ?? shape.schema
        self.isFixed = isFixed
        self.shapesCells = shapesCells
        member = .member(name, shape, meaning + (note.map { " " + $0 } ?? ""), value)
        place = Place(path)
        self.text = text
        self.refusal = refusal
        take = { given, task in
            if let value = try read(given, name, task) { task[keyPath: path] = value }
        }
    }

    /// The member of a request.
    package var request: JSONValue.Member {
        JSONValue.Member(name: name, value: Shape<Void>.described(requested, meaning))
    }

    /// Where a task has a setting.
    private struct Place: Sendable {
        let isSame: @Sendable (PredictionTask, PredictionTask) -> Bool
        let copy: @Sendable (_ source: PredictionTask, _ task: inout PredictionTask) -> Void

        init<Kept: Equatable & Sendable>(
            _ path: any WritableKeyPath<PredictionTask, Kept> & Sendable
        ) {
            isSame = { $0[keyPath: path] == $1[keyPath: path] }
            copy = { $1[keyPath: path] = $0[keyPath: path] }
        }
    }

    /// What differs between two versions of a task.
    package static func changed(from a: PredictionTask, to b: PredictionTask) -> [TaskSetting] {
        all.filter { !$0.place.isSame(a, b) }
    }

    /// Gives a task what of another version of it the cells depend on.
    fileprivate static func copyCells(from source: PredictionTask, to task: inout PredictionTask) {
        for setting in all where setting.shapesCells { setting.place.copy(source, &task) }
    }
}

extension PredictionTask {
    /// The task with those settings of another version of it that cells depend on.
    package func counted(as other: PredictionTask) -> PredictionTask {
        var task = self
        TaskSetting.copyCells(from: other, to: &task)
        return task
    }
}

extension TaskSetting: Equatable {
    package static func == (left: TaskSetting, right: TaskSetting) -> Bool {
        left.name == right.name
    }
}

/// Settings that somebody gave.
package struct GivenSettings: Sendable {
    let members: Members
    /// The task before any of them was taken.
    let before: PredictionTask
    /// Looks a time zone up.
    let zone: @Sendable (String) -> NamedZone

    /// - Parameters:
    ///   - members: By the names of settings.
    ///   - before: The task that they are for.
    ///   - zone: Looks a time zone up, which reads files.
    package init(
        _ members: Members,
        for before: PredictionTask,
        zone: @escaping @Sendable (String) -> NamedZone
    ) {
        self.members = members
        self.before = before
        self.zone = zone
    }
}
