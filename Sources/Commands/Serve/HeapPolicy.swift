#if canImport(Glibc)
    import CMalloc
#endif

/// How the process keeps the memory that it no longer uses.
enum HeapPolicy {
    /// Gives what a large request needed back to the system when it is done.
    ///
    /// Left to itself, glibc makes up to eight arenas a core, each of which keeps the most that it ever held, and
    /// after the first large block that is freed it takes blocks of up to 32 MiB from them.
    static func keepLittle() {
        #if canImport(Glibc)
            _ = mallopt(M_ARENA_MAX, 2)
            _ = mallopt(M_MMAP_THRESHOLD, 1 << 20)
            _ = mallopt(M_TRIM_THRESHOLD, 1 << 20)
        #endif
    }
}
