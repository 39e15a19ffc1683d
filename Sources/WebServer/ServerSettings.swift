/// How the service is reached, and by whom.
package struct ServerSettings: Sendable, Equatable {
    package var host = "127.0.0.1"
    /// 0 takes a free one.
    package var port = 8080
    package var tls: TLSFiles?
    /// Nobody is asked for a token; only where the service listens on a loopback address.
    package var isOpen = false
    /// Whether a proxy stands before the service, whose X-Forwarded-Proto and X-Forwarded-Host are believed.
    package var isBehindProxy = false
    package var limits = ServerLimits()
    /// How often the background work looks for something to do; never where it is `nil`.
    package var backgroundInterval: Duration? = .seconds(30)

    /// Files in PEM.
    package struct TLSFiles: Sendable, Equatable {
        package var certificate: String
        package var key: String

        package init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    package init() {}

    /// Whether only programs of this machine can reach the service.
    package var isLoopback: Bool { HostName(host).isLoopback }
}

/// Settings that contradict each other, or files that cannot be used.
package enum ServerError: Error, Equatable, CustomStringConvertible {
    case openBeyondLoopback(host: String)
    case unusableTLS(file: String, reason: String)
    case cannotListen(host: String, port: Int, reason: String)

    package var description: String {
        switch self {
        case .openBeyondLoopback(let host):
            "--open lets everybody in who can reach \(host). It goes with 127.0.0.1 and ::1 only; "
                + "make tokens instead: gnomon token create NAME --scopes read"
        case .unusableTLS(let file, let reason):
            "\(file) cannot be used for TLS: \(reason). Give files in PEM, the certificate with its "
                + "chain and its key."
        case .cannotListen(let host, let port, let reason):
            "The service cannot listen on \(host), port \(port): \(reason)."
        }
    }
}
