/// The binary form of one value, lent while it is decoded.
package struct PostgresField {
    package let type: PostgresType
    let bytes: UnsafeRawBufferPointer

    func bigEndian<Value: FixedWidthInteger>(_ type: Value.Type) -> Value? {
        guard bytes.count == MemoryLayout<Value>.size else { return nil }
        return Value(bigEndian: bytes.loadUnaligned(as: Value.self))
    }
}

/// A Swift type that values of one or more PostgreSQL types are read as.
package protocol PostgresDecodable {
    /// The value, or `nil` where the field's type, length or content does not fit exactly.
    static func decode(_ field: PostgresField) -> Self?
}

extension Bool: PostgresDecodable {
    package static func decode(_ field: PostgresField) -> Bool? {
        guard field.type == .bool else { return nil }
        return field.bigEndian(UInt8.self).map { $0 != 0 }
    }
}

extension Int16: PostgresDecodable {
    package static func decode(_ field: PostgresField) -> Int16? {
        Int64.decode(field).flatMap(Int16.init(exactly:))
    }
}

extension Int32: PostgresDecodable {
    package static func decode(_ field: PostgresField) -> Int32? {
        Int64.decode(field).flatMap(Int32.init(exactly:))
    }
}

extension Int: PostgresDecodable {
    package static func decode(_ field: PostgresField) -> Int? {
        Int64.decode(field).flatMap(Int.init(exactly:))
    }
}

extension Int64: PostgresDecodable {
    package static func decode(_ field: PostgresField) -> Int64? {
        switch field.type {
        case .int2: field.bigEndian(Int16.self).map(Int64.init)
        case .int4: field.bigEndian(Int32.self).map(Int64.init)
        case .int8: field.bigEndian(Int64.self)
        case .oid: field.bigEndian(UInt32.self).map(Int64.init)
        case .numeric: integralNumeric(field.bytes)
        default: nil
        }
    }

    /// The value of a `numeric` that has no fraction: base-10000 digits with a weight and a sign.
    private static func integralNumeric(_ bytes: UnsafeRawBufferPointer) -> Int64? {
        var reader = BigEndianReader(bytes)
        guard let digitCount = reader.next(Int16.self), let weight = reader.next(Int16.self),
            let sign = reader.next(UInt16.self), reader.next(Int16.self) != nil
        else { return nil }
        guard sign == 0 || sign == 0x4000 else { return nil }
        var value: Int64 = 0
        var position = Int(weight)
        var digitsLeft = Int(digitCount)
        while digitsLeft > 0 || position >= 0 {
            var digit: Int16 = 0
            if digitsLeft > 0 {
                guard let next = reader.next(Int16.self) else { return nil }
                digit = next
                digitsLeft -= 1
            }
            if position < 0 {
                guard digit == 0 else { return nil }
            } else {
                let (product, overflow) = value.multipliedReportingOverflow(by: 10_000)
                // Added with the sign, because the smallest Int64 has no positive twin.
                let signed = sign == 0 ? Int64(digit) : -Int64(digit)
                let (sum, carry) = product.addingReportingOverflow(signed)
                guard !overflow, !carry else { return nil }
                value = sum
            }
            position -= 1
        }
        return value
    }
}

extension Double: PostgresDecodable {
    package static func decode(_ field: PostgresField) -> Double? {
        switch field.type {
        case .float8: field.bigEndian(UInt64.self).map(Double.init(bitPattern:))
        case .float4: field.bigEndian(UInt32.self).map { Double(Float(bitPattern: $0)) }
        default: nil
        }
    }
}

extension String: PostgresDecodable {
    package static func decode(_ field: PostgresField) -> String? {
        switch field.type {
        case .text, .varchar, .bpchar, .name, .json, .xml, .unknown, .internalChar:
            String(validating: field.bytes, as: UTF8.self)
        case .jsonb:
            // The first byte is the version of the binary form.
            field.bytes.first == 1
                ? String(
                    validating: UnsafeRawBufferPointer(rebasing: field.bytes.dropFirst()),
                    as: UTF8.self
                ) : nil
        default: nil
        }
    }
}

extension PostgresUUID: PostgresDecodable {
    package static func decode(_ field: PostgresField) -> PostgresUUID? {
        guard field.type == .uuid else { return nil }
        var reader = BigEndianReader(field.bytes)
        guard let high = reader.next(UInt64.self), let low = reader.next(UInt64.self) else {
            return nil
        }
        return PostgresUUID(high: high, low: low)
    }
}

/// A `timestamptz`, or a `timestamp` taken as UTC.
package struct PostgresInstant: Hashable, Sendable, PostgresDecodable {
    package var microsecondsSince1970: Int64

    package static func decode(_ field: PostgresField) -> PostgresInstant? {
        guard field.type == .timestamptz || field.type == .timestamp else { return nil }
        return field.bigEndian(Int64.self).map {
            PostgresInstant(
                microsecondsSince1970: PostgresTimestamp.microsecondsSince1970(wire: $0)
            )
        }
    }
}

extension Array: PostgresDecodable where Element: PostgresDecodable {
    /// Also `bytea`, for arrays of bytes.
    ///
    /// Arrays with NULLs or of several dimensions do not fit.
    package static func decode(_ field: PostgresField) -> [Element]? {
        if field.type == .bytea {
            guard Element.self == UInt8.self else { return nil }
            // A conditional cast would look at every byte.
            return unsafe unsafeBitCast([UInt8](field.bytes), to: [Element].self)
        }
        var reader = BigEndianReader(field.bytes)
        guard let dimensions = reader.next(Int32.self), reader.next(Int32.self) == 0,
            let elementType = reader.next(UInt32.self).map(PostgresType.init(rawValue:))
        else { return nil }
        if dimensions == 0 { return [] }
        guard dimensions == 1, let count = reader.next(Int32.self),
            reader.next(Int32.self) != nil
        else { return nil }
        var values: [Element] = []
        values.reserveCapacity(Int(count))
        for _ in 0..<count {
            guard let length = reader.next(Int32.self), let bytes = reader.next(Int(length)),
                let value = Element.decode(PostgresField(type: elementType, bytes: bytes))
            else { return nil }
            values.append(value)
        }
        return values
    }
}

extension UInt8: PostgresDecodable {
    /// Only as the element of `bytea`, which the array reads as a whole.
    package static func decode(_ field: PostgresField) -> UInt8? { nil }
}

/// Takes big-endian integers and pieces from the front of a buffer.
struct BigEndianReader {
    private var rest: Slice<UnsafeRawBufferPointer>

    init(_ bytes: UnsafeRawBufferPointer) {
        rest = bytes[...]
    }

    mutating func next<Value: FixedWidthInteger>(_ type: Value.Type) -> Value? {
        next(MemoryLayout<Value>.size).map { Value(bigEndian: $0.loadUnaligned(as: Value.self)) }
    }

    mutating func next(_ count: Int) -> UnsafeRawBufferPointer? {
        guard count >= 0, count <= rest.count else { return nil }
        let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(count))
        rest = rest.dropFirst(count)
        return piece
    }
}
