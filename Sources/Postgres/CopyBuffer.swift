/// The memory in which a connection encodes rows; kept from COPY to COPY.
final class CopyBuffer {
    /// Rows go to libpq in pieces of at least this many bytes.
    static let pieceSize = 512 * 1024
    /// A buffer that one huge row made larger than this is not kept.
    static let keptSize = 4 * 1024 * 1024

    private(set) var start: UnsafeMutableRawPointer
    private(set) var capacity: Int

    init() {
        capacity = Self.pieceSize + 64 * 1024
        start = .allocate(byteCount: capacity, alignment: 16)
    }

    deinit {
        start.deallocate()
    }

    /// Makes room for `needed` bytes in all, keeping the first `used`.
    func grow(to needed: Int, keeping used: Int) {
        let newCapacity = max(needed, capacity * 2)
        let larger = UnsafeMutableRawPointer.allocate(byteCount: newCapacity, alignment: 16)
        larger.copyMemory(from: start, byteCount: used)
        start.deallocate()
        start = larger
        capacity = newCapacity
    }
}
