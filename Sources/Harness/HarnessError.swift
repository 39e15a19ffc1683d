package import Contract
package import Evaluation

/// An operation cannot be done as asked.
package enum HarnessError: WordedError, Equatable {
    case noChampion(task: Name, models: [Name])
    case noChampionThen(task: Name, asOf: Instant, models: [Name], next: RoleChange?)
    case noSuchModel(Name, task: Name, models: [Name])
    case modelExists(Name, task: Name)
    case sameModel(Name)
    case whichShadow(champion: Name, shadows: [Name])
    case sameName(Name)
    case notConfirmed(task: Name, given: Name)
    case noSuchUpload(Int64, task: Name)
    case baselineUpload(Int64, task: Name)
    case noSmallWrites(token: Name?, task: Name)
    case nothingToFit(model: Name)
    case noAlarm(model: Name)
    case nothingToRestate(task: Name)
    case asOfInFuture(Instant)
    case noPredictions(task: Name)
    case noPredictionsThen(task: Name, asOf: Instant)
    case noSuchPrediction(String, task: Name, rowsFrom: Instant?)
    case closedKind(TaskKind)
    case unsupportedKind(TaskKind, operation: String)
    case cellsDependOnSetting([TaskSetting])
    case invalidSetting(name: Wording, value: String, allowed: Wording)
    case baselineRejected(rows: Int, first: String)
    case unknownSlice(Slice, known: [Slice])
    case unknownMetric(String, known: [String])
    case taskChanged(Name)
    case rowsReleased(task: Name, rowsFrom: Instant)

    package var wording: Wording {
        switch self {
        case .noChampion(let task, let models) where models.isEmpty:
            """
            Task \(task) has no models yet. \(
                terminal: "Upload predictions first: gnomon predictions upload --task \(task) FILE",
                request: "Post predictions first, to /v1/tasks/\(task)/predictions."
            )
            """
        case .noChampion(let task, let models):
            """
            Task \(task) has no champion. Its models are \(models.joined(separator: ", ")). \(
                terminal: "Name one with: gnomon model role --task \(task) MODEL champion",
                request: "Name one with PUT /v1/tasks/\(task)/models/MODEL/role."
            )
            """
        case .noChampionThen(let task, let asOf, let models, _) where models.isEmpty:
            "Task \(task) had no models at \(asOf.iso8601): nothing had been uploaded by then."
        case .noChampionThen(let task, let asOf, let models, let next):
            """
            Task \(task) had no champion at \(asOf.iso8601). \(Self.becoming(next)) Its models then were \
            \(models.joined(separator: ", ")); name the one that you mean.
            """
        case .noSuchModel(let model, let task, let models):
            "Task \(task) has no model \"\(model)\". Its models are: \(Self.list(models))."
        case .modelExists(let model, let task):
            "Task \(task) has a model \"\(model)\" already, and two models cannot become one. Choose another name."
        case .sameName(let name):
            "It is called \(name) already. Give another name."
        case .notConfirmed(let task, let given):
            "\"\(given)\" is not the name of the task, which is \(task). Nothing was deleted."
        case .sameModel(let model):
            """
            \(model) cannot be compared with itself. Name another model with \(setting: "shadow") or \
            \(setting: "champion").
            """
        case .whichShadow(let champion, let shadows):
            """
            \(champion) has \(shadows.isEmpty ? "no shadow" : "the shadows \(shadows.joined(separator: ", "))"). \
            Name the model to hold beside it with \(setting: "shadow").
            """
        case .noSuchUpload(let id, let task):
            "Task \(task) has no upload \(id). \(Self.uploads(of: task))"
        case .baselineUpload(let id, let task):
            """
            Upload \(id) is a file of baseline scores, which another one replaces: \(
                terminal: "gnomon task set \(task) --baseline file:FILE",
                request: "put it to /v1/tasks/\(task)/baseline."
            )
            """
        case .noSmallWrites(let token, let task):
            """
            \(token.map { "Token \($0) made no small writes" } ?? "No small writes were made without a token") \
            to task \(task) in that interval. \(Self.uploads(of: task))
            """
        case .nothingToFit(let model):
            """
            \(model) has no matured days with labels to fit on. Ask for an earlier or longer interval with \
            \(setting: "from") and \(setting: "to"), or see \(
                terminal: "gnomon labels status.",
                request: "what is known of the labels."
            )
            """
        case .noAlarm(let model):
            """
            There is no alarm about \(model) to acknowledge. To take what follows as the new normal, add \
            \(terminal: "--new-baseline", request: "new_baseline").
            """
        case .nothingToRestate(let task):
            "The ledger of task \(task) has every row that was known in time: there is nothing to restate."
        case .asOfInFuture(let instant):
            """
            The instant \(instant.iso8601) lies in the future. A number as of an instant must be the same for ever, so \
            \(setting: "as_of") takes past instants only.
            """
        case .noPredictions(let task):
            """
            Task \(task) has no predictions. \(
                terminal: "Upload some: gnomon predictions upload --task \(task) FILE",
                request: "Post some to /v1/tasks/\(task)/predictions."
            )
            """
        case .noPredictionsThen(let task, let asOf):
            "Task \(task) had no predictions at \(asOf.iso8601): none was known by then."
        case .noSuchPrediction(let id, let task, let rowsFrom):
            """
            Task \(task) knows neither a prediction nor a label of "\(id)". Ids are told apart to the last \
            character, also by upper and lower case.\
            \(rowsFrom.map { " Rows of predictions before \($0.iso8601) are no longer kept." } ?? "")
            """
        case .closedKind(let kind):
            """
            Tasks of kind \(kind.rawValue) cannot be evaluated yet; the kinds are \
            \(Self.list(TaskKind.open.map(\.rawValue))). Until then, give each class a binary task of its own.
            """
        case .unsupportedKind(let kind, let operation):
            "\(operation) is for binary tasks; this task is \(kind.rawValue)."
        case .cellsDependOnSetting(let settings):
            """
            The task has predictions, and its cells depend on: \(Self.list(settings)). Create a task with the new \
            settings and upload to it.
            """
        case .invalidSetting(let name, let value, let allowed):
            "\(name) \"\(value)\" is not possible: \(allowed)"
        case .baselineRejected(let rows, let first):
            "The baseline file has \(rows) rows that cannot be used; the first: \(first) Nothing was kept."
        case .unknownSlice(let slice, let known):
            "No prediction has \(slice). Known slices: \(Self.list(known.map(\.text)))."
        case .taskChanged(let task):
            "The settings of task \(task) were changed just now; nothing was kept. Send it again."
        case .rowsReleased(let task, let rowsFrom):
            """
            This takes rows of predictions before \(rowsFrom.iso8601), and task \(task) no longer keeps them (its retention). \
            Ask from that instant on with \(setting: "from"), or for what the cells tell: whole time buckets, as known \
            now.
            """
        case .unknownMetric(let metric, let known):
            "\"\(metric)\" is no metric to compare by. Use one of: \(Self.list(known))."
        }
    }

    private static func becoming(_ next: RoleChange?) -> String {
        next.map { "\($0.model) is known to be it since \($0.validFrom.iso8601)." }
            ?? "No model has become it by a role since."
    }

    private static func uploads(of task: Name) -> Wording {
        """
        \(
            terminal: "List them with: gnomon uploads list --task \(task)",
            request: "Those that there are stand at /v1/tasks/\(task)/uploads."
        )
        """
    }

    private static func list(_ settings: [TaskSetting]) -> Wording {
        settings.dropFirst().reduce("\(setting: settings.first?.name ?? "nothing")") {
            "\($0), \(setting: $1.name)"
        }
    }

    private static func list(_ names: [Name]) -> String {
        list(names.map(\.text))
    }

    private static func list(_ names: [String]) -> String {
        names.isEmpty ? "none" : names.joined(separator: ", ")
    }
}
