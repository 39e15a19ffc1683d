/// What a private server is for, which decides how it treats its disk.
package enum ServerProfile: Hashable, Sendable {
    /// Keeps data: every commit is on disk before it is answered.
    case durable
    /// For tests: as fast as it goes, worthless after a crash.
    case disposable
}

/// The configuration files of the private cluster, written anew at every start.
struct ServerSettings {
    var profile: ServerProfile
    var socketDirectory: String
    var walCompression: String

    var configurationFile: String {
        (common + (profile == .durable ? durable : disposable))
            .map { "\($0.0) = '\($0.1.replacing("'", with: "''"))'\n" }.joined()
    }

    /// Only the socket, which only the owner of its directory can reach.
    static let hostBasedAuthenticationFile = "local all all trust\n"

    private var common: [(String, String)] {
        [
            ("listen_addresses", ""),
            ("unix_socket_directories", socketDirectory),
            ("unix_socket_permissions", "0700"),
            ("timezone", "UTC"),
            ("log_timezone", "UTC"),
            ("log_line_prefix", "%m [%p] "),
            ("datestyle", "iso, ymd"),
            ("default_text_search_config", "pg_catalog.simple"),
            ("jit", "off"),
            ("max_wal_size", "4GB"),
            ("wal_level", "minimal"),
            ("max_wal_senders", "0"),
            ("max_logical_replication_workers", "0"),
        ]
    }

    private var durable: [(String, String)] {
        [
            ("shared_buffers", "256MB"),
            ("wal_buffers", "64MB"),
            ("work_mem", "64MB"),
            ("maintenance_work_mem", "256MB"),
            ("max_connections", "100"),
            ("wal_compression", walCompression),
            ("checkpoint_timeout", "15min"),
            ("checkpoint_completion_target", "0.9"),
            ("fsync", "on"),
            ("synchronous_commit", "on"),
        ]
    }

    private var disposable: [(String, String)] {
        [
            ("shared_buffers", "128MB"),
            ("work_mem", "32MB"),
            ("max_connections", "300"),
            ("fsync", "off"),
            ("synchronous_commit", "off"),
            ("full_page_writes", "off"),
            ("checkpoint_timeout", "1h"),
            ("autovacuum", "off"),
        ]
    }
}
