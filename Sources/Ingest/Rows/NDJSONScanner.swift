import CSimdJSON

/// Flattens lines of JSON into named values.
///
/// Safe, because the parser is owned by this value and never leaves it.
@safe struct NDJSONScanner: ~Copyable {
    /// The object that a member was found in.
    enum Group: UInt8, Sendable {
        case topLevel
        case scores
        case slices
        case features

        /// What its members are called as columns of CSV.
        var prefix: String {
            switch self {
            case .topLevel, .slices: ""
            case .scores: "p_"
            case .features: "feature."
            }
        }

        var name: String {
            switch self {
            case .topLevel: ""
            case .scores: "scores"
            case .slices: "slices"
            case .features: "features"
            }
        }
    }

    enum Flaw {
        case notJSON
        case notAnObject
        case invalidUTF8
        case tooManyMembers
    }

    /// The unescaped names and values of the last line.
    private(set) var text: [UInt8] = []
    // By position in the line.
    private(set) var names: [Field] = []
    private(set) var values: [Field] = []
    private(set) var groups: [Group] = []
    private var members: [csimdjson_field]
    private let parser: OpaquePointer

    init(limits: IngestLimits) {
        members = Array(repeating: csimdjson_field(), count: limits.columns)
        unsafe parser = csimdjson_parser_create()
    }

    deinit {
        unsafe csimdjson_parser_destroy(parser)
    }

    /// Parses the line that fills the bytes from `start` up to `end`, at most the row limit.
    mutating func parse(_ bytes: [UInt8], from start: Int, to end: Int) -> Flaw? {
        if text.count < end - start {
            text = Array(repeating: 0, count: max(4096, 2 * (end - start)))
        }
        precondition(end + csimdjson_padding() <= bytes.count, "The line is not padded.")
        let result = unsafe bytes.withUnsafeBufferPointer { line in
            unsafe text.withUnsafeMutableBufferPointer { text in
                unsafe members.withUnsafeMutableBufferPointer { members in
                    unsafe csimdjson_parse_object(
                        parser,
                        line.baseAddress.map { unsafe $0 + start },
                        end - start,
                        text.baseAddress,
                        members.baseAddress,
                        members.count
                    )
                }
            }
        }
        takeMembers(count: max(0, Int(result)))
        switch result {
        case 0...: return nil
        case Int32(csimdjson_not_an_object): return .notAnObject
        case Int32(csimdjson_invalid_utf8): return .invalidUTF8
        case Int32(csimdjson_too_many_fields): return .tooManyMembers
        default: return .notJSON
        }
    }

    private mutating func takeMembers(count: Int) {
        names.removeAll(keepingCapacity: true)
        values.removeAll(keepingCapacity: true)
        groups.removeAll(keepingCapacity: true)
        for member in members[..<count] {
            names.append(
                Field(from: Int(member.name_start), to: Int(member.name_end), kind: .text)
            )
            values.append(
                Field(
                    from: Int(member.value_start),
                    to: Int(member.value_end),
                    kind: Self.kind(of: member)
                )
            )
            groups.append(Group(rawValue: member.group) ?? .topLevel)
        }
    }

    private static func kind(of member: csimdjson_field) -> Field.Kind {
        switch Int(member.kind) {
        case csimdjson_string: .text
        case csimdjson_number: .number
        case csimdjson_true: .true
        case csimdjson_false: .false
        case csimdjson_null: .null
        case csimdjson_array: .array
        default: .object
        }
    }

    /// Whether a name or a value of the last line has U+0000.
    var hasZeroCharacter: Bool {
        text.contains(0, before: values.last?.to ?? 0)
    }
}
