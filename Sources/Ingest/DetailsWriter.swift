/// Writes what a row says beyond its score as one compact JSON text with sorted keys.
///
/// The keys are `decision`, `entity`, `features`, `latency_ms`, `quantiles`, `status` and `weight`;
/// features and quantiles are objects. What is empty is left out.
struct DetailsWriter: Sendable {
    /// The texts of the current batch; the first is empty, for rows that say nothing more.
    private(set) var texts: [String] = [""]
    private(set) var textBytes = 0
    private var interner = ByteInterner()
    private var entries: [Entry] = []
    private var json = JSONWriter()
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
        var key: String
        /// The key in the inner object; nil where the outer one has the value itself.
        var innerKey: String?
        var form: Form
        var name = ""
        var column = ColumnFinder.none
        var constant: [UInt8] = []
    }

    /// Prepares for the columns of a file.
    mutating func use(_ finder: ColumnFinder) {
        entries = finder.roles.compactMap { role in
            guard case .detail(let detail) = role else { return nil }
            var entry = Self.entry(for: detail)
            entry.name = finder.name(of: role)
            entry.column = finder.column(for: role)
            entry.constant = finder.constant(for: role)
            return entry
        }
        entries.sort { left, right in
            let (first, second) =
                left.key == right.key
                ? (left.innerKey ?? "", right.innerKey ?? "") : (left.key, right.key)
            return first.utf8.lexicographicallyPrecedes(second.utf8)
        }
    }

    private static func entry(for detail: ColumnRole.Detail) -> Entry {
        switch detail {
        case .decision: Entry(key: "decision", form: .text)
        case .entity: Entry(key: "entity", form: .text)
        case .latency: Entry(key: "latency_ms", form: .nonNegativeNumber)
        case .status: Entry(key: "status", form: .text)
        case .weight: Entry(key: "weight", form: .nonNegativeNumber)
        case .quantile(let level): Entry(key: "quantiles", innerKey: level, form: .number)
        case .feature(let name): Entry(key: "features", innerKey: name, form: .any)
        }
    }

    /// Prepares for a batch: the texts of the last one are forgotten.
    mutating func begin() {
        texts = [""]
        textBytes = 0
        interner.removeAll()
        _ = interner.intern("")
    }

    /// The index in `texts` of what the row says.
    mutating func index(
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>,
        _ values: ValueReader
    ) throws(Refusal) -> Int32 {
        if entries.isEmpty { return 0 }
        json.begin()
        for index in entries.indices {
            let column = entries[index].column
            if column >= 0 {
                try append(entries[index], bytes, fields[column], values)
            } else {
                let constant = entries[index].constant
                let field = Field(from: 0, to: constant.count, kind: .text)
                try append(entries[index], constant.span, field, values)
            }
        }
        guard json.end() else { return 0 }
        let (index, isNew) = Self.intern(json.bytes, in: &interner)
        if isNew {
            texts.append(String(decoding: json.bytes, as: UTF8.self))
            textBytes += json.bytes.count
        }
        return index
    }

    // The text is an argument of its own, because its span locks the other members.
    private static func intern(
        _ text: borrowing [UInt8],
        in interner: inout ByteInterner
    ) -> (index: Int32, isNew: Bool) {
        interner.intern(text.span, from: 0, to: text.count)
    }

    private mutating func append(
        _ entry: borrowing Entry,
        _ bytes: borrowing Span<UInt8>,
        _ field: Field,
        _ values: ValueReader
    ) throws(Refusal) {
        if field.isAbsent { return }
        json.appendKey(entry.key, entry.innerKey)
        switch entry.form {
        case .number, .nonNegativeNumber:
            let isSigned = entry.form == .number
            let isScalar = field.kind == .text || field.kind == .number
            if isScalar, json.appendPlainDecimal(bytes, field, isSigned: isSigned) { return }
            let lowest = isSigned ? -Double.infinity : 0
            let name = entry.name
            json.append(try values.number(field, bytes, from: lowest, to: .infinity) { name })
        case .text:
            let name = entry.name
            try values.checkText(field, bytes, limit: limits.textBytes) { name }
            json.appendText(bytes, field)
        case .any:
            let name = entry.name
            try values.checkText(field, bytes, limit: limits.featureTextBytes) { name }
            if field.kind == .true || field.kind == .false {
                json.appendPlain(bytes, field)
            } else if json.appendPlainDecimal(bytes, field, isSigned: true) {
                return
            } else if let number = Self.number(bytes, field) {
                json.append(number)
            } else {
                json.appendText(bytes, field)
            }
        }
    }

    /// The value of a text that reads as a number, unless it is rather a code made of digits: one that
    /// begins with a plus or with zeros, or has more digits than a `Double` is sure to keep.
    private static func number(_ bytes: borrowing Span<UInt8>, _ field: Field) -> Double? {
        let first = bytes[field.from]
        if first > UInt8(ascii: "9") || first == UInt8(ascii: "+") { return nil }
        if first == UInt8(ascii: "0"), field.count > 1, isDigit(bytes[field.from + 1]) {
            return nil
        }
        guard let number = try? DecimalParser.parse(bytes, from: field.from, to: field.to) else {
            return nil
        }
        if field.count <= 15 { return number }
        for position in field.from..<field.to where !isDigit(bytes[position]) { return number }
        return nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") <= 9
    }
}
