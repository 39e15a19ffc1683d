import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
package import Logging
import NIOCore
import NIOHTTP1
import NIOSSL
package import Postgres
import ServiceLifecycle
package import UnixSignals

/// The service: the API, its documentation, and what is done in the background.
package struct GnomonServer: Sendable {
    package let settings: ServerSettings
    package let backend: Backend
    package let table: RouteTable
    private let database: PostgresConfiguration
    private let log: Logger

    /// - Parameters:
    ///   - settings: How it is reached.
    ///   - database: What it works on; its tables must be those of this version.
    ///   - log: Gets what goes wrong.
    /// - Throws: `ServerError.openBeyondLoopback`.
    package init(
        _ settings: ServerSettings,
        database: PostgresConfiguration,
        log: Logger = Logger(label: "gnomon.web")
    ) throws {
        guard !settings.isOpen || settings.isLoopback else {
            throw ServerError.openBeyondLoopback(host: settings.host)
        }
        self.settings = settings
        self.database = database
        self.log = log
        backend = Backend(database, settings: settings)
        table = Self.table(backend, settings)
    }

    private static func table(_ backend: Backend, _ settings: ServerSettings) -> RouteTable {
        let api =
            EndpointRoutes(backend: backend).routes + UploadRoutes(backend: backend).routes
            + RowRoutes(backend: backend).routes + ListRoutes(backend: backend).routes
            + AccessRoutes().routes + ServiceRoutes(backend: backend).routes
        let pages =
            LoginRoutes(backend: backend, settings: settings).routes
            + PageRoutes(backend: backend).routes
        return RouteTable(api + DocumentRoutes(described: api).routes + pages)
    }

    /// Runs until a signal comes, and then finishes what it accepted.
    ///
    /// - Parameters:
    ///   - signals: Those that end it.
    ///   - onListening: Called with the port, once requests are taken.
    /// - Throws: `ServerError` where it cannot start.
    package func run(
        endingOn signals: [UnixSignal] = [.sigterm, .sigint],
        onListening: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws {
        TemporaryFile.removeLeftovers()
        OpenFiles.allowAll()
        let backgroundPool = PostgresPool(database, maximumConnections: 4)
        let background = settings.backgroundInterval.map {
            BackgroundService(pool: backgroundPool, pace: $0, log: log)
        }
        let services: [(any Service)?] = [background, backend.smallWrites]
        // Stopped in reverse order: requests come to their end before what they wait for does.
        let application = Application(
            responder: Dispatcher(
                table: table,
                settings: settings,
                authenticator: backend.authenticator,
                rates: RateLimiter(perSecond: settings.limits.requestsPerSecond),
                log: log
            ),
            server: try serverBuilder(),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port),
                serverName: "gnomon",
                backlog: 1_024,
                availableConnectionsDelegate: MaximumAvailableConnections(
                    settings.limits.connections + settings.limits.spareConnections
                )
            ),
            services: services.compactMap(\.self),
            onServerRunning: { onListening($0.localAddress?.port ?? settings.port) },
            logger: log
        )
        var configuration = ServiceGroupConfiguration(
            services: [application],
            gracefulShutdownSignals: signals,
            logger: log
        )
        configuration.maximumGracefulShutdownDuration = .seconds(30)
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch let error as IOError {
            throw ServerError.cannotListen(
                host: settings.host,
                port: settings.port,
                reason: error.description
            )
        }
        await backgroundPool.close()
        await backend.close()
    }

    private func serverBuilder() throws -> HTTPServerBuilder {
        let seconds = settings.limits.idleTime.components.seconds
        let configuration = HTTP1Channel.Configuration(
            idleTimeout: .seconds(seconds),
            httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                maxHeaderFieldSize: settings.limits.headerBytes,
                maxHeaderListSize: settings.limits.headerBytes,
                maxHeaderFieldCount: 100
            )
        )
        let connections = OpenConnections(limit: settings.limits.connections)
        let headSeconds = settings.limits.headTime.components.seconds
        let http = HTTPServerBuilder { responder in
            WatchedChannel(
                http: HTTP1Channel(responder: responder, configuration: configuration),
                connections: connections,
                headTime: .seconds(headSeconds)
            )
        }
        guard let tls = settings.tls else { return http }
        let chain: [NIOSSLCertificateSource]
        let key: NIOSSLPrivateKey
        do {
            chain = try NIOSSLCertificate.fromPEMFile(tls.certificate).map { .certificate($0) }
        } catch {
            throw ServerError.unusableTLS(file: tls.certificate, reason: "\(error)")
        }
        do {
            key = try NIOSSLPrivateKey(file: tls.key, format: .pem)
        } catch {
            throw ServerError.unusableTLS(file: tls.key, reason: "\(error)")
        }
        return try .tls(
            http,
            tlsConfiguration: .makeServerConfiguration(
                certificateChain: chain,
                privateKey: .privateKey(key)
            )
        )
    }
}
