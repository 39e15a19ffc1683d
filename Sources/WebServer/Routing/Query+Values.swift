import Contract
package import Evaluation

extension Query {
    /// The name of something, such as a model; `nil` where the parameter is not given.
    package func name(_ parameter: String) -> Name? {
        self[parameter].map { Name($0) }
    }

    /// A date of the task's calendar, or an instant.
    package func instant(_ name: String, in task: PredictionTask) throws -> Instant? {
        try value(name) { try Moment($0).instant(in: task) }
    }

    /// The time between `from` and `to`, either of which may be left out.
    ///
    /// - Throws: `Problem` for what is no moment, `ReversedWindow`.
    package func window(in task: PredictionTask) throws -> Window {
        try Window(from: instant("from", in: task), to: instant("to", in: task))
    }

    /// A number above a bound, or from it on.
    package func number(_ name: String, above bound: Double, isIncluded: Bool) throws -> Double? {
        guard let text = self[name] else { return nil }
        guard let number = Double(text), number.isFinite,
            number > bound || isIncluded && number == bound
        else {
            throw Problem(
                .invalidRequest,
                "\(name)=\(text) must be a number \(isIncluded ? "from" : "above") \(Int(bound))"
                    + (isIncluded ? " on." : ".")
            )
        }
        return number
    }
}
