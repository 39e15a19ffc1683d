/// A statement parameter: a Swift value together with the PostgreSQL type it is sent as.
package enum PostgresValue: Hashable, Sendable {
    /// NULL of a type that the server infers.
    case null
    case bool(Bool)
    case int16(Int16)
    case int32(Int32)
    case int64(Int64)
    case double(Double)
    case text(String)
    case bytes([UInt8])
    case uuid(high: UInt64, low: UInt64)
    /// A `timestamptz`; `Int64.min` and `Int64.max` are `-infinity` and `infinity`.
    case timestamp(microsecondsSince1970: Int64)
    case boolArray([Bool])
    case int16Array([Int16])
    case int32Array([Int32])
    case int64Array([Int64])
    case doubleArray([Double])
    case textArray([String])
    case bytesArray([[UInt8]])
    case uuidArray([PostgresUUID])
    case timestampArray(microsecondsSince1970: [Int64])

    package var type: PostgresType {
        switch self {
        case .null: .inferred
        case .bool: .bool
        case .int16: .int2
        case .int32: .int4
        case .int64: .int8
        case .double: .float8
        case .text: .text
        case .bytes: .bytea
        case .uuid: .uuid
        case .timestamp: .timestamptz
        case .boolArray: .boolArray
        case .int16Array: .int2Array
        case .int32Array: .int4Array
        case .int64Array: .int8Array
        case .doubleArray: .float8Array
        case .textArray: .textArray
        case .bytesArray: .byteaArray
        case .uuidArray: .uuidArray
        case .timestampArray: .timestamptzArray
        }
    }
}

// MARK: - Binary form

extension PostgresValue {
    /// Appends the binary form to `bytes`; a `.null` has none.
    func encode(into bytes: inout [UInt8]) {
        switch self {
        case .null: break
        case .bool(let value): bytes.append(value ? 1 : 0)
        case .int16(let value): bytes.appendBigEndian(value)
        case .int32(let value): bytes.appendBigEndian(value)
        case .int64(let value): bytes.appendBigEndian(value)
        case .double(let value): bytes.appendBigEndian(value.bitPattern)
        case .text(let value): bytes.append(contentsOf: value.utf8)
        case .bytes(let value): bytes.append(contentsOf: value)
        case .uuid(let high, let low):
            bytes.appendBigEndian(high)
            bytes.appendBigEndian(low)
        case .timestamp(let microseconds):
            bytes.appendBigEndian(
                PostgresTimestamp.wire(microsecondsSince1970: microseconds)
            )
        case .boolArray(let values):
            bytes.appendArray(of: .bool, values) { $0.append($1 ? 1 : 0) }
        case .int16Array(let values):
            bytes.appendArray(of: .int2, values) { $0.appendBigEndian($1) }
        case .int32Array(let values):
            bytes.appendArray(of: .int4, values) { $0.appendBigEndian($1) }
        case .int64Array(let values):
            bytes.appendArray(of: .int8, values) { $0.appendBigEndian($1) }
        case .doubleArray(let values):
            bytes.appendArray(of: .float8, values) { $0.appendBigEndian($1.bitPattern) }
        case .textArray(let values):
            bytes.appendArray(of: .text, values) { $0.append(contentsOf: $1.utf8) }
        case .bytesArray(let values):
            bytes.appendArray(of: .bytea, values) { $0.append(contentsOf: $1) }
        case .uuidArray(let values):
            bytes.appendArray(of: .uuid, values) {
                $0.appendBigEndian($1.high)
                $0.appendBigEndian($1.low)
            }
        case .timestampArray(let values):
            bytes.appendArray(of: .timestamptz, values) {
                $0.appendBigEndian(PostgresTimestamp.wire(microsecondsSince1970: $1))
            }
        }
    }
}

extension [UInt8] {
    fileprivate mutating func appendBigEndian(_ value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }

    /// Appends a one-dimensional array without nulls: header, then each element behind its length.
    fileprivate mutating func appendArray<Value>(
        of type: PostgresType,
        _ values: [Value],
        appendElement: (inout [UInt8], Value) -> Void
    ) {
        appendBigEndian(Int32(values.isEmpty ? 0 : 1))
        appendBigEndian(Int32(0))
        appendBigEndian(type.rawValue)
        guard !values.isEmpty else { return }
        appendBigEndian(Int32(values.count))
        appendBigEndian(Int32(1))
        for value in values {
            let start = count
            appendBigEndian(Int32(0))
            appendElement(&self, value)
            let length = Int32(count - start - 4).bigEndian
            Swift.withUnsafeBytes(of: length) { lengthBytes in
                for (offset, byte) in lengthBytes.enumerated() { self[start + offset] = byte }
            }
        }
    }
}
