#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file opened for reading, closed when the value ends.
struct OpenFile: ~Copyable {
    private let descriptor: Int32
    private let name: String

    init(path: String) throws(IngestError) {
        _ = try FileStatus(path: path)
        let opened = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else { throw fileError(path, errno) }
        descriptor = opened
        name = path
    }

    init(standardInput name: String) {
        descriptor = STDIN_FILENO
        self.name = name
    }

    deinit {
        if descriptor > STDIN_FILENO { close(descriptor) }
    }

    /// Reads up to `limit` bytes into the buffer from `position` on; 0 at the end of the file.
    func read(
        into buffer: inout [UInt8],
        at position: Int,
        limit: Int
    ) throws(IngestError) -> Int {
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { bytes in
                let target = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[position...])
                return unsafe systemRead(descriptor, target.baseAddress, min(limit, target.count))
            }
            if count >= 0 { return count }
            if errno != EINTR { throw fileError(name, errno) }
        }
    }
}

/// What the file system says about a path.
struct FileStatus {
    /// The size in bytes; nil unless the file is a regular one.
    let size: Int64?

    init(path: String) throws(IngestError) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { throw fileError(path, errno) }
        let kind = status.st_mode & S_IFMT
        if kind == S_IFDIR { throw .isDirectory(path) }
        guard unsafe access(path, R_OK) == 0 else { throw fileError(path, errno) }
        size = kind == S_IFREG ? Int64(status.st_size) : nil
    }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int)
    -> Int
{
    unsafe read(descriptor, buffer, count)
}

private func fileError(_ path: String, _ code: Int32) -> IngestError {
    switch code {
    case ENOENT, ENOTDIR: .noSuchFile(path)
    case EISDIR: .isDirectory(path)
    case EACCES, EPERM: .permissionDenied(path)
    default: .unreadable(path, reason: unsafe String(cString: strerror(code)))
    }
}
