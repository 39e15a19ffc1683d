import Contract
import EmbeddedPostgres
import Presentation

/// What is known of the private server.
struct DatabaseStatusResult: Presentable {
    var server: EmbeddedPostgres.Status
    var message: String?

    init(status: EmbeddedPostgres.Status, message: String?) {
        server = status
        self.message = message
    }

    var document: Document {
        var document = Document()
        if let message { document.paragraph(message) }
        var pairs = [
            ("directory", server.directory),
            ("created", server.exists ? "yes" : "no, the first command that needs it creates it"),
        ]
        if let version = server.majorVersion { pairs.append(("PostgreSQL", version)) }
        pairs.append(("running", server.process.map { "yes, process \($0)" } ?? "no"))
        if server.isRunning {
            pairs.append(("in use", server.isInUse ? "yes" : "no"))
            pairs.append(("stays up", server.isKept ? "yes, until gnomon database stop" : "no"))
            pairs.append(("connect", "psql \"\(server.connectionString)\""))
        }
        document.terms(pairs.map { Document.Term(name: $0.0, text: $0.1) })
        return document
    }

    var json: JSONValue {
        [
            "directory": .string(server.directory),
            "exists": .bool(server.exists),
            "version": JSONValue(server.majorVersion),
            "running": .bool(server.isRunning),
            "process": JSONValue(server.process.map(Int.init)),
            "in_use": .bool(server.isInUse),
            "kept": .bool(server.isKept),
            "connection": .string(server.connectionString),
        ]
    }

    var csv: CSVTable {
        guard case .object(let members) = json else { return CSVTable([]) }
        var csv = CSVTable(members.map(\.name))
        csv.rows = [members.map(\.value)]
        return csv
    }
}
