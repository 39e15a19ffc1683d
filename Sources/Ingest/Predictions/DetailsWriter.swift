import Evaluation

/// Writes what a row says beyond its score as one compact JSON text with sorted keys.
///
/// The keys are `decision`, `entity`, `features`, `latency_ms`, `quantiles`, `status` and `weight`;
/// features and quantiles are objects. What is empty is left out.
struct DetailsWriter: Sendable {
    /// The texts of the current batch; the first is empty, for rows that say nothing more.
    private(set) var texts: [String] = [""]
    private(set) var textBytes = 0
    /// Whether any row so far named its entity.
    private(set) var namesEntities = false
    private var interner = ByteInterner()
    private var entries: [Entry] = []
    private var json = JSONWriter()
    /// The inner object that is being written.
    private var openObject = DetailsWriter.none
    private static let none = -1
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
        var isEntity = false
        /// The key in the inner object; nil where the outer one has the value itself.
        var innerKey: Name?
        var form: Form
        var name = Name.empty
        /// The keys as they are written.
        var writtenKey: [UInt8] = []
        var writtenInnerKey: [UInt8] = []
        /// The number of the inner object, or `none`.
        var object = DetailsWriter.none
        var column = ColumnFinder.none
        var constant: [UInt8] = []
    }

    /// Prepares for the columns of a file.
    mutating func use(_ finder: ColumnFinder) {
        entries = finder.roles.compactMap { role in
            guard case .detail(let detail) = role else { return nil }
            var entry = Self.entry(for: detail)
            entry.name = finder.name(of: role)
            entry.writtenKey = JSONWriter.name(entry.key)
            entry.writtenInnerKey = JSONWriter.name(entry.innerKey?.text ?? "")
            entry.column = finder.column(for: role)
            entry.constant = finder.constant(for: role)
            return entry
        }
        // The order of keys in the outer object, then in the inner one.
        entries.sort { left, right in
            (Name(left.key), left.innerKey ?? .empty) < (Name(right.key), right.innerKey ?? .empty)
        }
        var objects: [String] = []
        for index in entries.indices where entries[index].innerKey != nil {
            if objects.last != entries[index].key { objects.append(entries[index].key) }
            entries[index].object = objects.count - 1
        }
    }

    private static func entry(for detail: ColumnRole.Detail) -> Entry {
        switch detail {
        case .decision: Entry(key: "decision", form: .text)
        case .entity: Entry(key: "entity", isEntity: true, form: .text)
        case .latency: Entry(key: "latency_ms", form: .nonNegativeNumber)
        case .status: Entry(key: "status", form: .text)
        case .weight: Entry(key: "weight", form: .nonNegativeNumber)
        case .quantile(let level): Entry(key: "quantiles", innerKey: Name(level), form: .number)
        case .feature(let name): Entry(key: "features", innerKey: name, form: .any)
        }
    }

    /// Prepares for a batch: the texts of the last one are forgotten.
    mutating func begin() {
        texts = [""]
        textBytes = 0
        interner.removeAll()
        _ = interner.intern([])
    }

    /// The index in `texts` of what the row says.
    mutating func index(
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>
    ) throws(Refusal) -> Int32 {
        if entries.isEmpty { return 0 }
        json.begin()
        openObject = Self.none
        for index in entries.indices {
            let column = entries[index].column
            if column >= 0 {
                try append(index, bytes, fields[column])
            } else {
                let constant = entries[index].constant
                let field = Field(from: 0, to: constant.count, kind: .text)
                try append(index, constant.span, field)
            }
        }
        guard json.end() else { return 0 }
        let (index, isNew) = interner.intern(json.bytes)
        if isNew {
            texts.append(String(decoding: json.bytes, as: UTF8.self))
            textBytes += json.bytes.count
        }
        return index
    }

    private mutating func append(
        _ index: Int,
        _ bytes: borrowing Span<UInt8>,
        _ field: Field
    ) throws(Refusal) {
        if field.isAbsent { return }
        if entries[index].isEntity { namesEntities = true }
        appendName(index)
        switch entries[index].form {
        case .number: try appendNumber(index, bytes, field, lowest: -.infinity)
        case .nonNegativeNumber: try appendNumber(index, bytes, field, lowest: 0)
        case .text:
            try ValueCheck.text(field, bytes, limit: limits.textBytes) { entries[index].name.text }
            json.appendText(bytes, field)
        case .any:
            try ValueCheck.text(field, bytes, limit: limits.featureTextBytes) {
                entries[index].name.text
            }
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

    private mutating func appendName(_ index: Int) {
        let object = entries[index].object
        if object == Self.none {
            if openObject != Self.none { json.closeInner() }
            json.appendName(entries[index].writtenKey)
        } else {
            if openObject != object { json.openInner(entries[index].writtenKey) }
            json.appendName(entries[index].writtenInnerKey)
        }
        openObject = object
    }

    private mutating func appendNumber(
        _ index: Int,
        _ bytes: borrowing Span<UInt8>,
        _ field: Field,
        lowest: Double
    ) throws(Refusal) {
        let isScalar = field.kind == .text || field.kind == .number
        if isScalar, json.appendPlainDecimal(bytes, field, isSigned: lowest < 0) { return }
        json.append(
            try ValueCheck.number(field, bytes, from: lowest, to: .infinity) {
                entries[index].name.text
            }
        )
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
