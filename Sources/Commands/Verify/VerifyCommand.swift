import ArgumentParser
import Contract
import Harness

struct VerifyCommand: DatabaseCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Recompute every cell from the ledger and compare bit for bit.",
        discussion: "Exit status 1 where anything differs."
    )

    @OptionGroup var task: TaskOption
    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    init() {}

    func result(_ context: CommandContext) async throws -> VerifyResult {
        let operation = VerifyCells(pool: context.pool, task: try await task.find(context))
        return VerifyResult(
            report: try await context.progress("verifying") { _ in try await operation.run() }
        )
    }
}

/// Whether what is stored is what the ledger gives.
struct VerifyResult: CommandResult {
    var report: VerifyCells.Report

    init(report: VerifyCells.Report) {
        self.report = report
    }

    var status: ExitStatus { report.isClean ? .done : .failed }

    var failure: String? {
        report.isClean
            ? nil
            : "\(NumberText.count(report.differenceCount)) cells of \(report.task) differ from the "
                + "ledger."
    }

    var document: Document {
        var document = Document()
        let work =
            "\(NumberText.count(report.cells)) cells and \(NumberText.count(report.pairs)) paired "
            + "cells, recomputed from \(NumberText.count(report.predictionIDs)) prediction ids"
        guard !report.isClean else {
            document.paragraph("\(report.task) is clean: \(work), are the same bit for bit.", .good)
            return document
        }
        document.paragraph(
            "\(report.task) is not clean: of \(work), \(NumberText.count(report.differenceCount)) "
                + "differ.",
            .bad
        )
        for difference in report.differences { document.item(difference) }
        if report.differenceCount > report.differences.count {
            document.paragraph("The first \(report.differences.count) are listed.", .faint)
        }
        return document
    }

    var json: JSONValue { report.json }

    var csv: CSVTable {
        guard case .object(let members) = json else { return CSVTable([]) }
        var csv = CSVTable(members.map(\.name))
        csv.rows = [members.map(\.value.joined)]
        return csv
    }
}
