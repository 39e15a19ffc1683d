import Contract
import Evaluation
import Harness
package import Presentation

extension Endpoint where Answer == MatureResult {
    /// Freeze the cohorts that have reached an age.
    package static var maturing: Endpoint<MatureResult> {
        Endpoint(.post, ofTask: "/maturing", .admin, turn: .decision) { _ in
            { _ in () }
        } answer: { desk, task, _ in
            let (cohorts, asOf) = try await MatureCohorts(pool: desk.deciders, task: task).run()
            return MatureResult(task: task.name, asOf: asOf, cohorts: cohorts)
        }
    }
}

extension Endpoint where Answer == PruneResult {
    /// Let go of rows that are older than the task's retention.
    package static var pruning: Endpoint<PruneResult> {
        Endpoint(.post, ofTask: "/pruning", .admin, turn: .decision) { asked in
            let isDryRun = try asked.parameters.flag("dry_run")
            return { _ in isDryRun }
        } answer: { desk, task, isDryRun in
            let (report, asOf, removed) = try await Prune(
                pool: desk.deciders,
                task: task,
                isDryRun: isDryRun,
                author: desk.author
            ).run()
            return PruneResult(report: report, asOf: asOf, isDryRun: isDryRun, removed: removed)
        }
    }
}
