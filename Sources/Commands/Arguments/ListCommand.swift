import Contract
import Endpoints

/// A command that lists what there is of a task, up to a limit.
protocol ListCommand: AskingCommand {
    var task: TaskOption { get }
    var limit: Int { get }
}

extension ListCommand {
    static var activity: String { "reading" }

    func asked() -> Asked {
        Asked(path: ["task": task.task], parameters: Parameters(["limit": "\(limit)"]))
    }
}
