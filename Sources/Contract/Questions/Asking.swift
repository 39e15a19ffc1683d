package import Evaluation

/// Makes the question that parameters ask of a task: dates mean something in its calendar only.
package typealias Asking<Question> = @Sendable (PredictionTask) throws -> Question
