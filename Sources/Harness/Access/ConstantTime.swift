/// What takes as long whatever the secret is.
enum ConstantTime {
    /// Whether two texts of bytes are the same; every byte is looked at, wherever the first difference is.
    static func areEqual(_ one: some Collection<UInt8>, _ other: some Collection<UInt8>) -> Bool {
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
