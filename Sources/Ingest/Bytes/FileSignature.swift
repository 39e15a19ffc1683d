/// Formats that are recognised by their first bytes, to be refused by name.
enum FileSignature {
    static func foreign(_ bytes: [UInt8]) -> (format: String, advice: String)? {
        signatures.first { bytes.starts(with: $0.bytes) }.map { ($0.format, $0.advice) }
    }

    private static let convert = "convert it, for example with DuckDB or pandas"
    private static let decompress = "decompress it, or compress it with gzip instead"

    private static let signatures: [(bytes: [UInt8], format: String, advice: String)] = [
        (Array("PAR1".utf8), "a Parquet file", convert),
        (Array("ARROW1".utf8), "an Arrow file", convert),
        (Array("ORC".utf8), "an ORC file", convert),
        ([0x4F, 0x62, 0x6A, 0x01], "an Avro file", convert),
        (Array("SQLite".utf8), "an SQLite database", convert),
        ([0x50, 0x4B, 0x03, 0x04], "a zip archive or an Excel workbook", "unpack or export it"),
        ([0x28, 0xB5, 0x2F, 0xFD], "compressed with zstd", decompress),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "compressed with xz", decompress),
        (Array("BZh".utf8), "compressed with bzip2", decompress),
    ]
}
