/// Writes what a row says beyond its score as one compact JSON text with sorted keys.
struct DetailsWriter: Sendable {
    /// The texts of the current batch; the first is empty, for rows that say nothing more.
    private(set) var texts: [String] = [""]
    private(set) var textBytes = 0
    private var index = ByteInterner()
    private var entries: [Entry] = []
    private var json: [UInt8] = []
    private let limits: IngestLimits

    init(limits: IngestLimits) {
        self.limits = limits
    }

    /// A member of the JSON object, or of one of the objects in it.
    private struct Entry: Sendable {
        enum Form: Sendable {
            case text
            /// A number or a text, as the file has it.
            case any
            case number
            case nonNegativeNumber
        }

        /// The key in the outer object.
        var group: String
        /// The key in the inner object; nil where the outer one has the value itself.
        var key: String?
        var form: Form
        var slot: TextSlot
    }

    /// Prepares for the columns of a file.
    mutating func use(_ finder: ColumnFinder) {
        entries = finder.roles.compactMap { role in
            guard case .detail(let detail) = role else { return nil }
            let slot = finder.text(for: role)
            return switch detail {
            case .decision: Entry(group: "decision", form: .text, slot: slot)
            case .entity: Entry(group: "entity", form: .text, slot: slot)
            case .latency: Entry(group: "latency_ms", form: .nonNegativeNumber, slot: slot)
            case .status: Entry(group: "status", form: .text, slot: slot)
            case .weight: Entry(group: "weight", form: .nonNegativeNumber, slot: slot)
            case .quantile(let level):
                Entry(group: "quantiles", key: level, form: .number, slot: slot)
            case .feature(let name): Entry(group: "features", key: name, form: .any, slot: slot)
            }
        }
        entries.sort { left, right in
            left.group != right.group
                ? left.group.utf8.lexicographicallyPrecedes(right.group.utf8)
                : (left.key ?? "").utf8.lexicographicallyPrecedes((right.key ?? "").utf8)
        }
    }

    /// Prepares for a batch: the texts of the last one are forgotten.
    mutating func begin() {
        texts = [""]
        textBytes = 0
        index.removeAll()
        let empty: [UInt8] = []
        _ = index.intern(empty.span, from: 0, to: 0)
    }

    /// The index in `texts` of what the row says.
    mutating func index(
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>,
        _ values: ValueReader
    ) throws(Refusal) -> Int32 {
        if entries.isEmpty { return 0 }
        json.removeAll(keepingCapacity: true)
        var openGroup: String?
        for entry in entries {
            let isConstant = entry.slot.column < 0
            let constant = entry.slot.constant
            let field =
                isConstant
                ? Field(start: 0, end: Int32(constant.count), kind: .text)
                : fields[entry.slot.column]
            if field.kind == .missing || field.kind == .null
                || (field.kind == .text && field.isEmpty)
            {
                continue
            }
            let name = entry.slot.name
            if let key = entry.key {
                if openGroup != entry.group {
                    close(&openGroup)
                    appendKey(entry.group)
                    json.append(UInt8(ascii: "{"))
                    openGroup = entry.group
                }
                appendKey(key)
            } else {
                close(&openGroup)
                appendKey(entry.group)
            }
            if isConstant {
                try appendValue(constant.span, field, form: entry.form, name: name, values)
            } else {
                try appendValue(bytes, field, form: entry.form, name: name, values)
            }
        }
        if json.isEmpty { return 0 }
        close(&openGroup)
        json.append(UInt8(ascii: "}"))
        let json = json
        let (number, isNew) = index.intern(json.span, from: 0, to: json.count)
        if isNew {
            texts.append(String(decoding: json, as: UTF8.self))
            textBytes += json.count
        }
        return number
    }

    private mutating func close(_ group: inout String?) {
        guard group != nil else { return }
        json.append(UInt8(ascii: "}"))
        group = nil
    }

    /// Writes a key, and before it the brace or the comma that it needs.
    private mutating func appendKey(_ key: String) {
        if json.isEmpty {
            json.append(UInt8(ascii: "{"))
        } else if json.last != UInt8(ascii: "{") {
            json.append(UInt8(ascii: ","))
        }
        let utf8 = Array(key.utf8)
        appendText(utf8.span, 0, utf8.count)
        json.append(UInt8(ascii: ":"))
    }

    private mutating func appendValue(
        _ bytes: borrowing Span<UInt8>,
        _ field: Field,
        form: Entry.Form,
        name: String,
        _ values: ValueReader
    ) throws(Refusal) {
        switch form {
        case .number:
            append(try values.number(name, field, bytes, from: -.infinity, to: .infinity))
        case .nonNegativeNumber:
            append(try values.number(name, field, bytes, from: 0, to: .infinity))
        case .text:
            try values.checkText(name, field, bytes, limit: limits.textBytes)
            appendText(bytes, field.from, field.to)
        case .any:
            try values.checkText(name, field, bytes, limit: limits.featureTextBytes)
            switch field.kind {
            case .true, .false: appendPlain(bytes, field)
            case .number where !isLongInteger(bytes, field):
                append(try values.number(name, field, bytes, from: -.infinity, to: .infinity))
            default:
                if let number = number(bytes, field) {
                    append(number)
                } else {
                    appendText(bytes, field.from, field.to)
                }
            }
        }
    }

    /// The value of a text that reads as a number and is not, like 007, a code made of digits.
    private func number(_ bytes: borrowing Span<UInt8>, _ field: Field) -> Double? {
        let first = bytes[field.from]
        if first > UInt8(ascii: "9") || first == UInt8(ascii: "+") { return nil }
        if first == UInt8(ascii: "0"), field.to - field.from > 1,
            bytes[field.from + 1] &- UInt8(ascii: "0") <= 9
        {
            return nil
        }
        if isLongInteger(bytes, field) { return nil }
        return try? DecimalParser.parse(bytes, from: field.from, to: field.to)
    }

    /// Whether the field is made of more digits than a `Double` is sure to keep, as some codes are.
    private func isLongInteger(_ bytes: borrowing Span<UInt8>, _ field: Field) -> Bool {
        guard field.to - field.from > 15 else { return false }
        for position in field.from..<field.to where bytes[position] &- UInt8(ascii: "0") > 9 {
            return false
        }
        return true
    }

    private mutating func append(_ number: Double) {
        if number == number.rounded(), abs(number) < 1e15 {
            json.append(contentsOf: String(Int64(number)).utf8)
        } else {
            json.append(contentsOf: number.description.utf8)
        }
    }

    private mutating func appendPlain(_ bytes: borrowing Span<UInt8>, _ field: Field) {
        for position in field.from..<field.to { json.append(bytes[position]) }
    }

    private mutating func appendText(
        _ bytes: borrowing Span<UInt8>,
        _ start: Int,
        _ end: Int
    ) {
        json.append(UInt8(ascii: "\""))
        for position in start..<end {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                json.append(UInt8(ascii: "\\"))
                json.append(byte)
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                json.append(contentsOf: "\\u00".utf8)
                json.append(digits[Int(byte >> 4)])
                json.append(digits[Int(byte & 15)])
            default: json.append(byte)
            }
        }
        json.append(UInt8(ascii: "\""))
    }
}
