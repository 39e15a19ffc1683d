import Foundation

/// How many files and sockets the process may have open.
enum OpenFiles {
    /// Asks for as many as the system allows: the usual 1,024 are fewer than there may be connections.
    static func allowAll() {
        #if canImport(Glibc)
            let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
            let resource = RLIMIT_NOFILE
        #endif
        var limit = rlimit()
        guard unsafe getrlimit(resource, &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        // Where it is refused, things are as they were.
        _ = unsafe setrlimit(resource, &limit)
    }
}
