/// The parameters of one statement in the form that libpq takes: arrays of pointers and lengths.
struct ParameterBuffer {
    let types: [UInt32]
    private var bytes: [UInt8] = []
    private var offsets: [Int?] = []
    private var lengths: [CInt] = []

    init(_ parameters: [SQL.Parameter]) {
        types = parameters.map(\.type.rawValue)
        for parameter in parameters {
            let start = bytes.count
            parameter.value.encode(into: &bytes)
            offsets.append(parameter.value == .null ? nil : start)
            lengths.append(CInt(bytes.count - start))
        }
        // An empty value needs an address too, since no address means NULL.
        bytes.append(0)
    }

    typealias Values = UnsafePointer<UnsafePointer<CChar>?>

    func withPointers<T>(
        _ body: (_ values: Values?, _ lengths: UnsafePointer<CInt>?, _ formats: [CInt]) -> T
    ) -> T {
        bytes.withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                let pointers = offsets.map { offset in
                    offset.flatMap { characters.baseAddress?.advanced(by: $0) }
                }
                return pointers.withUnsafeBufferPointer { pointers in
                    lengths.withUnsafeBufferPointer { lengths in
                        body(
                            pointers.baseAddress,
                            lengths.baseAddress,
                            [CInt](repeating: 1, count: pointers.count)
                        )
                    }
                }
            }
        }
    }
}
