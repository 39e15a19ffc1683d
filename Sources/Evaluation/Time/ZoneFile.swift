/// Reads a compiled time zone: the format TZif of RFC 9636, versions 2 to 4.
///
/// A file lists the changes of the past. What comes after the last of them is a rule that repeats every year,
/// in the form of the variable TZ of POSIX; its changes are worked out up to the year 2400.
package struct ZoneFile: Sendable {
    package let rules: ZoneRules

    /// Before any zone's first change, and after the last that is looked at.
    package static let firstSecond: Int64 = -3_155_760_000
    package static let endSecond: Int64 = secondsSinceEpoch(ofYear: 2400)

    static func secondsSinceEpoch(ofYear year: Int) -> Int64 {
        86_400 * Int64(CivilDate(year: year, month: 1, dayOfMonth: 1).day)
    }

    /// - Returns: `nil` for anything else, and for files of version 1, which end in 2037.
    package init?(_ bytes: [UInt8]) {
        guard let old = Header(bytes, at: 0), old.version >= UInt8(ascii: "2"),
            let header = Header(bytes, at: Header.length + old.dataLength(timeLength: 4)),
            header.typeCount > 0, header.leapCount == 0,
            let data = Data(bytes, header)
        else { return nil }
        var changes = data.changes
        if let rule = YearlyRule(data.footer) {
            let last = changes.last?.start ?? .min
            changes += rule.changes(before: Self.endSecond).filter { $0.start > last }
        } else if !data.footer.isEmpty {
            return nil
        }
        rules = ZoneRules(offset: data.firstOffset, changes: changes)
    }
}

/// How much there is of what, before each of the two blocks of data.
private struct Header {
    static let length = 44

    let dataStart: Int
    let version: UInt8
    let universalCount: Int
    let standardCount: Int
    let leapCount: Int
    let timeCount: Int
    let typeCount: Int
    let nameLength: Int

    init?(_ bytes: [UInt8], at start: Int) {
        guard bytes.count >= start + Self.length,
            bytes[start..<start + 4].elementsEqual("TZif".utf8)
        else { return nil }
        let counts = (0..<6).map { Int(bytes.integer(at: start + 20 + 4 * $0, length: 4)) }
        guard counts.allSatisfy({ $0 >= 0 }) else { return nil }
        dataStart = start + Self.length
        version = bytes[start + 4]
        universalCount = counts[0]
        standardCount = counts[1]
        leapCount = counts[2]
        timeCount = counts[3]
        typeCount = counts[4]
        nameLength = counts[5]
    }

    func dataLength(timeLength: Int) -> Int {
        timeCount * (timeLength + 1) + typeCount * 6 + nameLength
            + leapCount * (timeLength + 4) + standardCount + universalCount
    }
}

/// The block with times of 64 bits, and the line behind it.
private struct Data {
    let firstOffset: Int64
    let changes: [ZoneRules.Stretch]
    let footer: [UInt8]

    init?(_ bytes: [UInt8], _ header: Header) {
        let end = header.dataStart + header.dataLength(timeLength: 8)
        guard bytes.count >= end + 2, bytes[end] == UInt8(ascii: "\n"),
            bytes[bytes.count - 1] == UInt8(ascii: "\n")
        else { return nil }
        let types = header.dataStart + 9 * header.timeCount
        let offsets = (0..<header.typeCount).map { bytes.integer(at: types + 6 * $0, length: 4) }
        let indices = header.dataStart + 8 * header.timeCount
        changes = (0..<header.timeCount).compactMap { index in
            let type = Int(bytes[indices + index])
            guard offsets.indices.contains(type) else { return nil }
            return ZoneRules.Stretch(
                start: bytes.integer(at: header.dataStart + 8 * index, length: 8),
                offset: offsets[type]
            )
        }
        guard changes.count == header.timeCount else { return nil }
        firstOffset = offsets[0]
        footer = Array(bytes[(end + 1)..<(bytes.count - 1)])
    }
}

extension [UInt8] {
    /// A signed integer, the highest byte first.
    fileprivate func integer(at start: Int, length: Int) -> Int64 {
        let bits = self[start..<start + length].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let unused = 64 - 8 * length
        return Int64(bitPattern: bits << unused) >> unused
    }
}
