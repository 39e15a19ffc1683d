import CPostgres

/// Encodes rows for `COPY … FROM STDIN (FORMAT binary)`.
///
/// A row is announced by `startRow(fields:)`, which also is where full buffers go out and where
/// errors show; the fields follow in the order of the statement's column list, each by the method of
/// the column's exact type. Nothing is allocated for a row.
package struct CopyWriter: ~Copyable {
    /// Rows started so far.
    package private(set) var rowCount = 0
    private let handle: ConnectionHandle
    private let sql: String
    private let buffer: CopyBuffer
    private var cursor: UnsafeMutableRawPointer
    private var end: UnsafeMutableRawPointer
    private var fieldsLeft = 0

    init(_ handle: ConnectionHandle, buffer: CopyBuffer, sql: String) {
        self.handle = handle
        self.buffer = buffer
        self.sql = sql
        cursor = buffer.start
        end = buffer.start + buffer.capacity
        // The signature, then 32 bits of flags and the length of an extension, both 0.
        let signature: [UInt8] = [
            0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00,
        ]
        signature.withUnsafeBytes { copy($0) }
        store(Int32(0))
        store(Int32(0))
    }

    /// Begins a row.
    ///
    /// - Parameter fields: The number of columns in the statement's list.
    /// - Throws: Where the last row has not as many fields as it announced, the task is cancelled, or
    ///   the connection is lost.
    package mutating func startRow(fields: Int) throws(PostgresError) {
        if fieldsLeft != 0 { throw wrongFieldCount() }
        if cursor - buffer.start >= CopyBuffer.pieceSize { try flush() }
        fieldsLeft = fields
        rowCount += 1
        store(Int16(truncatingIfNeeded: fields))
    }

    package mutating func null() {
        fieldsLeft -= 1
        store(Int32(-1))
    }

    package mutating func bool(_ value: Bool) {
        let field = advance(by: 5)
        field.storeBytes(of: Int32(1).bigEndian, as: Int32.self)
        (field + 4).storeBytes(of: value ? 1 : 0, as: UInt8.self)
        fieldsLeft -= 1
    }

    /// A `smallint`.
    package mutating func int16(_ value: Int16) {
        let field = advance(by: 6)
        field.storeBytes(of: Int32(2).bigEndian, as: Int32.self)
        (field + 4).storeBytes(of: value.bigEndian, as: Int16.self)
        fieldsLeft -= 1
    }

    /// An `integer`.
    package mutating func int32(_ value: Int32) {
        let field = advance(by: 8)
        field.storeBytes(of: Int32(4).bigEndian, as: Int32.self)
        (field + 4).storeBytes(of: value.bigEndian, as: Int32.self)
        fieldsLeft -= 1
    }

    /// A `bigint`.
    package mutating func int64(_ value: Int64) {
        let field = advance(by: 12)
        field.storeBytes(of: Int32(8).bigEndian, as: Int32.self)
        (field + 4).storeBytes(of: value.bigEndian, as: Int64.self)
        fieldsLeft -= 1
    }

    /// A `double precision`.
    package mutating func double(_ value: Double) {
        int64(Int64(bitPattern: value.bitPattern))
    }

    package mutating func uuid(high: UInt64, low: UInt64) {
        let field = advance(by: 20)
        field.storeBytes(of: Int32(16).bigEndian, as: Int32.self)
        (field + 4).storeBytes(of: high.bigEndian, as: UInt64.self)
        (field + 12).storeBytes(of: low.bigEndian, as: UInt64.self)
        fieldsLeft -= 1
    }

    /// A `timestamptz`; `Int64.min` and `Int64.max` are `-infinity` and `infinity`.
    package mutating func timestamp(microsecondsSince1970 microseconds: Int64) {
        int64(PostgresTimestamp.wire(microsecondsSince1970: microseconds))
    }

    package mutating func text(_ value: String) {
        var value = value
        value.withUTF8 { bytes(UnsafeRawBufferPointer($0)) }
    }

    /// A `text` from bytes that are UTF-8, or a `bytea`.
    package mutating func bytes(_ value: UnsafeRawBufferPointer) {
        store(Int32(truncatingIfNeeded: value.count))
        copy(value)
        fieldsLeft -= 1
    }

    /// A `text` from bytes that are UTF-8, or a `bytea`.
    package mutating func bytes(_ value: RawSpan) {
        value.withUnsafeBytes { bytes($0) }
    }

    /// A `text` from bytes that are UTF-8, or a `bytea`.
    package mutating func bytes(_ value: [UInt8]) {
        value.withUnsafeBytes { bytes($0) }
    }

    /// A `text` from bytes that are UTF-8, or a `bytea`.
    package mutating func bytes(_ value: ArraySlice<UInt8>) {
        value.withUnsafeBytes { bytes($0) }
    }
}

// MARK: - Arrays

extension CopyWriter {
    /// A `double precision[]`.
    package mutating func doubleArray(_ values: Span<Double>) {
        startArray(of: .float8, count: values.count, bytesPerElement: 12)
        for index in values.indices {
            let field = advance(by: 12)
            field.storeBytes(of: Int32(8).bigEndian, as: Int32.self)
            (field + 4).storeBytes(of: values[index].bitPattern.bigEndian, as: UInt64.self)
        }
    }

    /// A `double precision[]`.
    package mutating func doubleArray(_ values: [Double]) {
        doubleArray(values.span)
    }

    /// A `double precision[]`.
    package mutating func doubleArray(_ values: ArraySlice<Double>) {
        doubleArray(values.span)
    }

    /// A `bigint[]`.
    package mutating func int64Array(_ values: [Int64]) {
        startArray(of: .int8, count: values.count, bytesPerElement: 12)
        for value in values {
            let field = advance(by: 12)
            field.storeBytes(of: Int32(8).bigEndian, as: Int32.self)
            (field + 4).storeBytes(of: value.bigEndian, as: Int64.self)
        }
    }

    /// An `integer[]`.
    package mutating func int32Array(_ values: [Int32]) {
        startArray(of: .int4, count: values.count, bytesPerElement: 8)
        for value in values {
            let field = advance(by: 8)
            field.storeBytes(of: Int32(4).bigEndian, as: Int32.self)
            (field + 4).storeBytes(of: value.bigEndian, as: Int32.self)
        }
    }

    /// A `text[]`.
    package mutating func textArray(_ values: [String]) {
        let length = values.reduce(0) { $0 + 4 + $1.utf8.count }
        startArray(of: .text, count: values.count, elementBytes: length)
        for value in values {
            var value = value
            value.withUTF8 {
                store(Int32(truncatingIfNeeded: $0.count))
                copy(UnsafeRawBufferPointer($0))
            }
        }
    }

    private mutating func startArray(of type: PostgresType, count: Int, bytesPerElement: Int) {
        startArray(of: type, count: count, elementBytes: count * bytesPerElement)
    }

    private mutating func startArray(of type: PostgresType, count: Int, elementBytes: Int) {
        fieldsLeft -= 1
        store(Int32(truncatingIfNeeded: count == 0 ? 12 : 20 + elementBytes))
        store(Int32(count == 0 ? 0 : 1))
        store(Int32(0))
        store(type.rawValue)
        guard count > 0 else { return }
        store(Int32(truncatingIfNeeded: count))
        store(Int32(1))
    }
}

// MARK: - Memory and wire

extension CopyWriter {
    /// Writes the end mark and sends what is left.
    mutating func finish() throws(PostgresError) {
        if fieldsLeft != 0 { throw wrongFieldCount() }
        store(Int16(-1))
        try flush()
    }

    private mutating func flush() throws(PostgresError) {
        if Task.isCancelled { throw .cancelled(sql: sql) }
        let count = cursor - buffer.start
        cursor = buffer.start
        let characters = buffer.start.assumingMemoryBound(to: CChar.self)
        guard PQputCopyData(handle.pointer, characters, CInt(count)) == 1 else {
            throw handle.sessionError(sql: sql)
        }
    }

    private func wrongFieldCount() -> PostgresError {
        PostgresError(
            kind: .protocolViolation,
            message: "Row \(rowCount - 1) of the COPY has \(abs(fieldsLeft)) fields too "
                + (fieldsLeft > 0 ? "few." : "many."),
            sql: sql
        )
    }

    @inline(__always)
    private mutating func advance(by count: Int) -> UnsafeMutableRawPointer {
        if end - cursor < count { grow(by: count) }
        let position = cursor
        cursor += count
        return position
    }

    @inline(__always)
    private mutating func store<Value: FixedWidthInteger>(_ value: Value) {
        advance(by: MemoryLayout<Value>.size)
            .storeBytes(of: value.bigEndian, as: Value.self)
    }

    private mutating func copy(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress else { return }
        advance(by: bytes.count).copyMemory(from: base, byteCount: bytes.count)
    }

    private mutating func grow(by count: Int) {
        let used = cursor - buffer.start
        buffer.grow(to: used + count, keeping: used)
        cursor = buffer.start + used
        end = buffer.start + buffer.capacity
    }
}
