import ArgumentParser
import Foundation
import Postgres
import WebServer

struct ServeCommand: GnomonCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run the service: pages, HTTP API and documentation.",
        discussion: """
            Programs post predictions and labels; see /docs of the running service. Make a token first: \
            gnomon token create NAME --scopes predictions,labels,read. Each option can also be given by \
            an environment variable: GNOMON_HOST, GNOMON_PORT, GNOMON_TLS_CERTIFICATE, GNOMON_TLS_KEY, \
            GNOMON_BEHIND_PROXY, GNOMON_MAX_BODY, GNOMON_MAX_ROWS, GNOMON_MAX_CONNECTIONS, GNOMON_REQUESTS_PER_SECOND. \
            SIGTERM ends it when everything that was accepted is answered.
            """
    )

    @Option(help: "The address to listen on (default: 127.0.0.1).")
    var host: String?

    @Option(help: "The port; 0 takes a free one (default: 8080).")
    var port: Int?

    @Option(help: ArgumentHelp("The certificate and its chain, in PEM.", valueName: "file"))
    var tlsCertificate: String?

    @Option(help: ArgumentHelp("The key of the certificate, in PEM.", valueName: "file"))
    var tlsKey: String?

    @Flag(help: "Ask nobody for a token; goes with a loopback address only.")
    var open = false

    @Flag(help: "Believe X-Forwarded-Proto and X-Forwarded-Host: a proxy sets them.")
    var behindProxy = false

    @Option(
        help: ArgumentHelp(
            "The most bytes of a body as it is sent (default: 1 GiB).",
            valueName: "n"
        )
    )
    var maxBody: Int64?

    @Option(help: ArgumentHelp("The most rows of a body (default: 20,000,000).", valueName: "n"))
    var maxRows: Int64?

    @Option(help: ArgumentHelp("The most connections (default: 1,000).", valueName: "n"))
    var maxConnections: Int?

    @Option(
        help: ArgumentHelp("The most requests of one token (default: 10,000).", valueName: "n")
    )
    var requestsPerSecond: Int?

    @OptionGroup var options: DatabaseOptions

    init() {}

    /// Whoever serves stops serving by itself.
    static var handlesSignals: Bool { true }

    func settings(_ environment: [String: String]) throws -> ServerSettings {
        var settings = ServerSettings()
        settings.host = host ?? environment["GNOMON_HOST"] ?? settings.host
        settings.port = try number(port, "GNOMON_PORT", environment, 0...65_535) ?? settings.port
        let certificate = tlsCertificate ?? environment["GNOMON_TLS_CERTIFICATE"]
        let key = tlsKey ?? environment["GNOMON_TLS_KEY"]
        switch (certificate, key) {
        case (nil, nil): break
        case (let certificate?, let key?):
            settings.tls = ServerSettings.TLSFiles(certificate: certificate, key: key)
        default:
            throw ValidationError("--tls-certificate and --tls-key go together; give both.")
        }
        settings.isOpen = open
        settings.isBehindProxy = try behindProxy || flag("GNOMON_BEHIND_PROXY", environment)
        let bytes = try number(maxBody, "GNOMON_MAX_BODY", environment, 1...(1 << 40))
        if let bytes {
            settings.limits.bodyBytes = bytes
            settings.limits.decompressedBytes = 4 * bytes
        }
        settings.limits.rows =
            try number(maxRows, "GNOMON_MAX_ROWS", environment, 1...1_000_000_000)
            ?? settings.limits.rows
        settings.limits.connections =
            try number(maxConnections, "GNOMON_MAX_CONNECTIONS", environment, 1...100_000)
            ?? settings.limits.connections
        settings.limits.requestsPerSecond =
            try number(
                requestsPerSecond,
                "GNOMON_REQUESTS_PER_SECOND",
                environment,
                1...1_000_000
            ) ?? settings.limits.requestsPerSecond
        return settings
    }

    private func flag(_ variable: String, _ environment: [String: String]) throws -> Bool {
        switch environment[variable] {
        case nil, "", "0", "false": return false
        case "1", "true": return true
        case let text?:
            throw ValidationError("\(text) is not possible for \(variable): it is 1 or 0.")
        }
    }

    private func number<Value: FixedWidthInteger>(
        _ option: Value?,
        _ variable: String,
        _ environment: [String: String],
        _ range: ClosedRange<Value>
    ) throws -> Value? {
        guard let text = option.map({ "\($0)" }) ?? environment[variable], !text.isEmpty else {
            return nil
        }
        guard let value = Value(text), range.contains(value) else {
            throw ValidationError(
                "\(text) is not possible for \(variable) and its option: it is a whole number from "
                    + "\(range.lowerBound) to \(range.upperBound)."
            )
        }
        return value
    }

    func execute() async throws {
        HeapPolicy.keepLittle()
        let settings = try settings(ProcessInfo.processInfo.environment)
        try await DatabaseSession(options).withPool { pool in
            let server = try GnomonServer(settings, database: pool.configuration)
            try await server.run { port in
                let scheme = settings.tls == nil ? "http" : "https"
                let host = settings.host.contains(":") ? "[\(settings.host)]" : settings.host
                Terminal.writeError("gnomon: listening on \(scheme)://\(host):\(port)\n")
            }
        }
    }
}
