import CPostgres

/// Reads the rows of `COPY (SELECT …) TO STDOUT (FORMAT binary)`, one at a time.
///
/// The wire has no types here: the caller knows them from its own SELECT, casts there where it must,
/// and reads each field by the method of its exact type. Nothing but libpq's own row is allocated.
package struct CopyReader: ~Copyable {
    /// Rows read so far.
    package private(set) var rowCount = 0
    private let handle: ConnectionHandle
    private let sql: String
    /// What libpq handed over last; owned, and valid until the next is fetched.
    private var message: UnsafeMutablePointer<CChar>?
    private var bytes = UnsafeRawBufferPointer(start: nil, count: 0)
    private var cursor = 0
    private var isHeaderRead = false
    /// Where each field of the row begins in `bytes`, and its length; -1 for NULL.
    private var fields: UnsafeMutableBufferPointer<Field>
    private(set) package var fieldCount = 0
    private(set) var isAtEnd = false

    private struct Field: BitwiseCopyable {
        var offset: Int32
        var length: Int32
    }

    init(_ handle: ConnectionHandle, columns: Int, sql: String) {
        self.handle = handle
        self.sql = sql
        fields = .allocate(capacity: columns)
        fields.initialize(repeating: Field(offset: 0, length: -1))
    }

    deinit {
        PQfreemem(message)
        fields.deallocate()
    }

    /// Goes on to the next row.
    ///
    /// - Returns: Whether there is one.
    /// - Throws: The server's error, a lost connection, or cancellation.
    package mutating func nextRow() throws(PostgresError) -> Bool {
        if cursor == bytes.count {
            guard try fetch() else { return false }
        }
        let count: Int16 = try take()
        if count == -1 {
            // The server's last word is to follow.
            guard try !fetch() else { throw malformed() }
            return false
        }
        guard Int(count) <= fields.count else { throw malformed() }
        fieldCount = Int(count)
        for index in 0..<fieldCount {
            let length: Int32 = try take()
            fields[index] = Field(offset: Int32(truncatingIfNeeded: cursor), length: length)
            guard length > 0 else { continue }
            guard cursor + Int(length) <= bytes.count else { throw malformed() }
            cursor += Int(length)
        }
        rowCount += 1
        return true
    }

    package func isNull(_ index: Int) -> Bool {
        field(index).length < 0
    }

    package func bool(_ index: Int) throws(PostgresError) -> Bool {
        try load(index, as: UInt8.self, "bool") != 0
    }

    /// A `smallint`.
    package func int16(_ index: Int) throws(PostgresError) -> Int16 {
        try load(index, as: Int16.self, "int16")
    }

    /// An `integer`.
    package func int32(_ index: Int) throws(PostgresError) -> Int32 {
        try load(index, as: Int32.self, "int32")
    }

    /// A `bigint`.
    package func int64(_ index: Int) throws(PostgresError) -> Int64 {
        try load(index, as: Int64.self, "int64")
    }

    /// A `double precision`.
    package func double(_ index: Int) throws(PostgresError) -> Double {
        Double(bitPattern: try load(index, as: UInt64.self, "double"))
    }

    package func uuid(_ index: Int) throws(PostgresError) -> PostgresUUID {
        let field = field(index)
        guard field.length == 16 else { throw mismatch(index, "uuid") }
        let offset = Int(field.offset)
        return PostgresUUID(
            high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)),
            low: UInt64(
                bigEndian: bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)
            )
        )
    }

    /// A `timestamptz`, in microseconds since 1970-01-01T00:00:00Z.
    package func timestamp(_ index: Int) throws(PostgresError) -> Int64 {
        PostgresTimestamp.microsecondsSince1970(
            wire: try load(index, as: Int64.self, "timestamp")
        )
    }

    package func text(_ index: Int) throws(PostgresError) -> String {
        guard let text = String(validating: try raw(index, "text"), as: UTF8.self) else {
            throw mismatch(index, "text")
        }
        return text
    }

    /// A copy of the bytes of a `bytea`, or of any type.
    package func bytes(_ index: Int) throws(PostgresError) -> [UInt8] {
        [UInt8](try raw(index, "bytes"))
    }

    /// Lends the bytes of a `bytea` or `text` until the closure returns.
    package func withBytes<T>(
        _ index: Int,
        _ body: (RawSpan) throws -> T
    ) throws -> T {
        try body(try raw(index, "bytes").bytes)
    }

    /// Reads a `double precision[]` without NULLs into an array that is reused.
    ///
    /// - Parameters:
    ///   - index: The position of the field, from 0.
    ///   - values: Overwritten; keeps its capacity.
    /// - Throws: A decoding error where the field is NULL or something else.
    package func doubleArray(
        _ index: Int,
        into values: inout [Double]
    ) throws(PostgresError) {
        values.removeAll(keepingCapacity: true)
        try eachElement(index, of: .float8, size: 8) {
            values.append(
                Double(bitPattern: UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self)))
            )
        }
    }

    package func doubleArray(_ index: Int) throws(PostgresError) -> [Double] {
        var values: [Double] = []
        try doubleArray(index, into: &values)
        return values
    }

    /// Reads a `bigint[]` without NULLs into an array that is reused.
    package func int64Array(
        _ index: Int,
        into values: inout [Int64]
    ) throws(PostgresError) {
        values.removeAll(keepingCapacity: true)
        try eachElement(index, of: .int8, size: 8) {
            values.append(Int64(bigEndian: $0.loadUnaligned(as: Int64.self)))
        }
    }

    /// Reads an `integer[]` without NULLs into an array that is reused.
    package func int32Array(
        _ index: Int,
        into values: inout [Int32]
    ) throws(PostgresError) {
        values.removeAll(keepingCapacity: true)
        try eachElement(index, of: .int4, size: 4) {
            values.append(Int32(bigEndian: $0.loadUnaligned(as: Int32.self)))
        }
    }

    /// A `text[]` without NULLs.
    package func textArray(_ index: Int) throws(PostgresError) -> [String] {
        let field = PostgresField(type: .textArray, bytes: try raw(index, "textArray"))
        guard let values = [String].decode(field) else { throw mismatch(index, "textArray") }
        return values
    }
}

// MARK: - Fields

extension CopyReader {
    @inline(__always)
    private func field(_ index: Int) -> Field {
        precondition(
            index >= 0 && index < fieldCount,
            "A field was asked for that the row does not have."
        )
        return fields[index]
    }

    @inline(__always)
    private func load<Value: FixedWidthInteger>(
        _ index: Int,
        as type: Value.Type,
        _ name: StaticString
    ) throws(PostgresError) -> Value {
        let field = field(index)
        guard Int(field.length) == MemoryLayout<Value>.size else { throw mismatch(index, name) }
        return Value(
            bigEndian: bytes.loadUnaligned(fromByteOffset: Int(field.offset), as: Value.self)
        )
    }

    private func raw(
        _ index: Int,
        _ name: StaticString
    ) throws(PostgresError) -> UnsafeRawBufferPointer {
        let field = field(index)
        guard field.length >= 0 else { throw mismatch(index, name) }
        let start = Int(field.offset)
        return UnsafeRawBufferPointer(rebasing: bytes[start..<start + Int(field.length)])
    }

    private func eachElement(
        _ index: Int,
        of type: PostgresType,
        size: Int,
        _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(PostgresError) {
        var reader = BigEndianReader(try raw(index, "array"))
        guard let dimensions = reader.next(Int32.self), reader.next(Int32.self) == 0,
            reader.next(UInt32.self) == type.rawValue, dimensions <= 1
        else { throw mismatch(index, "array") }
        guard dimensions == 1 else { return }
        guard let count = reader.next(Int32.self), reader.next(Int32.self) != nil else {
            throw mismatch(index, "array")
        }
        for _ in 0..<count {
            guard reader.next(Int32.self) == Int32(size), let element = reader.next(size) else {
                throw mismatch(index, "array")
            }
            body(element)
        }
    }

    private func mismatch(_ index: Int, _ name: StaticString) -> PostgresError {
        let length = field(index).length
        let found = length < 0 ? "is NULL" : "has \(length) bytes"
        return PostgresError(
            kind: .decoding,
            message: "Row \(rowCount - 1), column \(index) of the COPY \(found); it cannot be read "
                + "as \(name).",
            sql: sql
        )
    }
}

// MARK: - Wire

extension CopyReader {
    /// Gets the next piece of rows; `false` at the end of the COPY.
    private mutating func fetch() throws(PostgresError) -> Bool {
        PQfreemem(message)
        message = nil
        cursor = 0
        let count = PQgetCopyData(handle.pointer, &message, 0)
        bytes = UnsafeRawBufferPointer(start: message, count: max(0, Int(count)))
        if count > 0 {
            if !isHeaderRead { try skipHeader() }
            return cursor < bytes.count ? true : try fetch()
        }
        guard count == -1 else { throw handle.sessionError(sql: sql) }
        isAtEnd = true
        return false
    }

    private mutating func skipHeader() throws(PostgresError) {
        isHeaderRead = true
        cursor = 15
        guard bytes.count >= 19, bytes.starts(with: "PGCOPY\n".utf8) else { throw malformed() }
        let extensionLength: Int32 = try take()
        cursor += Int(extensionLength)
        guard cursor <= bytes.count else { throw malformed() }
    }

    @inline(__always)
    private mutating func take<Value: FixedWidthInteger>() throws(PostgresError) -> Value {
        let size = MemoryLayout<Value>.size
        guard cursor + size <= bytes.count else { throw malformed() }
        defer { cursor += size }
        return Value(bigEndian: bytes.loadUnaligned(fromByteOffset: cursor, as: Value.self))
    }

    private func malformed() -> PostgresError {
        PostgresError(
            kind: .protocolViolation,
            message: "The server's COPY data is malformed.",
            sql: sql
        )
    }
}
