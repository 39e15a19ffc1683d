import ArgumentParser
import Contract
import Presentation

struct MigrateCommand: GnomonCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Create gnomon's tables, or bring them up to date.",
        discussion: "Safe to run at any time, and by several at once."
    )

    @OptionGroup var output: OutputOptions
    @OptionGroup var options: DatabaseOptions

    init() {}

    func execute() async throws {
        let applied = try await DatabaseSession(options).withPoolUnchecked { pool in
            try await Schema(pool: pool).migrate()
        }
        try MigrateResult(applied: applied).present(output.format)
    }
}

/// Which migrations were applied.
struct MigrateResult: Presentable {
    var applied: [String]

    init(applied: [String]) {
        self.applied = applied
    }

    var document: Document {
        var document = Document()
        guard !applied.isEmpty else {
            document.paragraph("The tables were up to date.")
            return document
        }
        document.paragraph("Applied \(applied.count) migrations:")
        for name in applied { document.item(name) }
        return document
    }

    var json: JSONValue { ["applied": .strings(applied)] }

    var csv: CSVTable {
        var csv = CSVTable(["applied"])
        csv.rows = applied.map { [.string($0)] }
        return csv
    }
}
