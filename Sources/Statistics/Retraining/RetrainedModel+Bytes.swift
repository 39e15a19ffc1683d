/// A fitted model as bytes, to be kept and read back.
///
/// The form is this version's own: a byte for the form, one for the kind of scores, then what the design and the coefficients
/// consist of, numbers as 8 bytes and counts as 4, the least significant first. About 11 KB for 50 features.
extension RetrainedModel {
    private static let form: UInt8 = 1

    /// The model as bytes: the same for equal models.
    public var bytes: [UInt8] {
        var writer = ByteWriter()
        writer.append(byte: Self.form)
        switch design.champion {
        case .probabilities: writer.append(byte: 0)
        case .numbers(let scale, let errorScale):
            writer.append(byte: 1)
            writer.append(scale)
            writer.append(errorScale)
        }
        writer.append(count: design.features.count)
        for (name, feature) in zip(design.featureNames, design.features) {
            writer.append(name)
            writer.append(feature)
        }
        for coefficient in coefficients { writer.append(coefficient) }
        return writer.bytes
    }

    /// Reads a model back, which scores to the bit as before; `nil` for bytes that are no model's.
    ///
    /// - Parameter bytes: The ``bytes`` of a model.
    public init?(bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard let model = try? Self(from: &reader), reader.isAtEnd else { return nil }
        self = model
    }

    private init(from reader: inout ByteReader) throws(MalformedBytes) {
        guard try reader.byte() == Self.form else { throw MalformedBytes() }
        let champion: ChampionScale
        switch try reader.byte() {
        case 0: champion = .probabilities
        case 1:
            champion = .numbers(
                try Standardisation(from: &reader),
                errorScale: try reader.number()
            )
        default: throw MalformedBytes()
        }
        var names: [String] = []
        var features: [FeatureDesign] = []
        for _ in 0..<(try reader.count()) {
            names.append(try reader.text())
            features.append(try FeatureDesign(from: &reader))
        }
        let design = RetrainingDesign(
            champion: champion,
            featureNames: names,
            features: features
        )
        var coefficients: [Double] = []
        for _ in 0..<design.width { coefficients.append(try reader.number()) }
        self.init(design: design, coefficients: coefficients)
    }
}

extension ByteWriter {
    fileprivate mutating func append(_ scale: Standardisation) {
        for number in [scale.low, scale.high, scale.mean, scale.deviation] { append(number) }
    }

    fileprivate mutating func append(_ feature: FeatureDesign) {
        append(byte: feature.numbers == nil ? 0 : 1)
        if let numbers = feature.numbers {
            append(numbers.scale)
            append(count: numbers.edges.count)
            for edge in numbers.edges { append(edge) }
        }
        append(count: feature.levels.count)
        for level in feature.levels {
            switch level {
            case .number(let number):
                append(byte: 0)
                append(number)
            case .level(let text):
                append(byte: 1)
                append(text)
            }
        }
    }
}

extension Standardisation {
    fileprivate init(from reader: inout ByteReader) throws(MalformedBytes) {
        self.init(
            low: try reader.number(),
            high: try reader.number(),
            mean: try reader.number(),
            deviation: try reader.number()
        )
    }
}

extension FeatureDesign {
    fileprivate init(from reader: inout ByteReader) throws(MalformedBytes) {
        var numbers: NumericDesign?
        if try reader.byte() == 1 {
            let scale = try Standardisation(from: &reader)
            var edges: [Double] = []
            for _ in 0..<(try reader.count()) { edges.append(try reader.number()) }
            numbers = NumericDesign(scale: scale, edges: edges)
        }
        var levels: [FeatureValue] = []
        for _ in 0..<(try reader.count()) {
            levels.append(
                try reader.byte() == 0 ? .number(try reader.number()) : .level(try reader.text())
            )
        }
        self.init(numbers: numbers, levels: levels)
    }
}
