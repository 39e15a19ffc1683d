package import Contract
package import Evaluation
package import Presentation

/// Something that can be asked or done: HTTP serves it, and a command asks it here or of a service elsewhere.
package struct Endpoint<Answer: Presentable>: Sendable {
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    /// What it waits for where much is asked at once.
    package enum Turn: Sendable {
        /// Nothing: it is quick.
        case none
        case question
        /// Takes the task's gate for its present.
        case decision
        case change
    }

    package var method: Method
    /// With names in braces: `/v1/tasks/{task}/report`.
    package var path: String
    /// What one who asks it of a service must be allowed.
    package var scope: AccessScope
    package var turn: Turn
    private let prepare: @Sendable (Asked) throws -> Work

    /// Answers at a desk what was read before.
    package typealias Work = @Sendable (Desk) async throws -> Answer

    package init(
        _ method: Method,
        _ path: String,
        _ scope: AccessScope,
        turn: Turn,
        prepare: @escaping @Sendable (Asked) throws -> Work
    ) {
        self.method = method
        self.path = path
        self.scope = scope
        self.turn = turn
        self.prepare = prepare
    }

    /// What is asked of a task; `path` is that below `/v1/tasks/{task}`.
    package init<Question: Sendable>(
        _ method: Method = .get,
        ofTask path: String,
        _ scope: AccessScope = .read,
        turn: Turn = .question,
        read: @escaping @Sendable (Asked) throws -> Asking<Question>,
        answer: @escaping @Sendable (Desk, PredictionTask, Question) async throws -> Answer
    ) {
        self.init(method, "/v1/tasks/{task}" + path, scope, turn: turn) { asked in
            let asking = try read(asked)
            let name = try asked.name("task")
            return { desk in
                let task = try await desk.task(named: name)
                return try await answer(desk, task, asking(task))
            }
        }
    }

    /// Reads what is asked.
    ///
    /// - Throws: `ParameterFault` or another `WordedError`, before anything is done.
    package func read(_ asked: Asked) throws -> Work { try prepare(asked) }
}
