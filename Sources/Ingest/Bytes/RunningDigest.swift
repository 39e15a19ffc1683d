import Crypto

/// SHA-256 over one input or several.
///
/// The digest of one input is the SHA-256 of its bytes, as `sha256sum` prints it; that of several is
/// the SHA-256 of their digests in order, so that it tells where one ended and the next began.
struct RunningDigest: Sendable {
    private var current = SHA256()
    private var hasCurrent = false
    private var finished: [[UInt8]] = []

    mutating func update(_ bytes: [UInt8], from start: Int, count: Int) {
        hasCurrent = true
        unsafe bytes.withUnsafeBytes { all in
            unsafe current.update(
                bufferPointer: UnsafeRawBufferPointer(rebasing: all[start..<start + count])
            )
        }
    }

    mutating func endSource() {
        guard hasCurrent else { return }
        finished.append(Array(current.finalize()))
        current = SHA256()
        hasCurrent = false
    }

    var value: [UInt8] {
        var digests = finished
        if hasCurrent { digests.append(Array(current.finalize())) }
        if digests.count == 1 { return digests[0] }
        var combined = SHA256()
        for digest in digests { combined.update(data: digest) }
        return Array(combined.finalize())
    }
}
