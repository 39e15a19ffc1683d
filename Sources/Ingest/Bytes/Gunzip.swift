import CZlib

/// Decompresses a gzip stream of one or more members.
///
/// Safe, because the stream is owned by this value and never leaves it.
@safe package struct Gunzip: ~Copyable {
    /// The data are no valid gzip stream.
    package struct Failure: Error {
        package let reason: String
    }

    /// zlib keeps a pointer to the stream in its own state, so the stream must not move.
    private let stream: UnsafeMutablePointer<z_stream>
    /// Whether all members so far are complete, so that the input may end here.
    package private(set) var isComplete = false

    package init() {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        let gzipOnly: Int32 = 16
        let status = unsafe inflateInit2_(
            stream,
            MAX_WBITS + gzipOnly,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        precondition(status == Z_OK, "zlib did not initialise: status \(status).")
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Decompresses from `input[start..<end]` into `output[position..<limit]`.
    ///
    /// - Returns: How many bytes were read and written. Both are 0 only where there is no room.
    package mutating func inflate(
        _ input: [UInt8],
        from start: Int,
        to end: Int,
        into output: inout [UInt8],
        at position: Int,
        limit: Int
    ) throws(Failure) -> (read: Int, written: Int) {
        var start = start
        let first = start
        if isComplete {
            // Padding with zeros after the last member is customary on tapes and block devices.
            while start < end, input[start] == 0 { start += 1 }
            guard start < end else { return (start - first, 0) }
            guard input[start] == 0x1F else {
                throw Failure(reason: "other data follow the compressed data")
            }
            unsafe inflateReset(stream)
            isComplete = false
        }
        let status = unsafe input.withUnsafeBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                unsafe stream.pointee.next_in = UnsafeMutablePointer(
                    mutating: source.baseAddress.map { unsafe $0 + start }
                )
                unsafe stream.pointee.avail_in = UInt32(end - start)
                unsafe stream.pointee.next_out = target.baseAddress.map { unsafe $0 + position }
                unsafe stream.pointee.avail_out = UInt32(limit - position)
                return unsafe CZlib.inflate(stream, Z_NO_FLUSH)
            }
        }
        let read = end - Int(unsafe stream.pointee.avail_in) - first
        let written = limit - position - Int(unsafe stream.pointee.avail_out)
        switch status {
        case Z_STREAM_END: isComplete = true
        case Z_OK, Z_BUF_ERROR: break
        default:
            let text = unsafe stream.pointee.msg.map { unsafe String(cString: $0) }
            throw Failure(reason: text ?? "status \(status)")
        }
        return (read, written)
    }
}
