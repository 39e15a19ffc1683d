/// What a drawing is made on: its width, and where its field lies across it.
///
/// Text has the same size on all sheets, so that a narrow one can be read where a wide one would have to shrink.
package struct Sheet: Sendable, Equatable {
    let width: Double
    let left: Double
    let right: Double
    let isNarrow: Bool

    static let wide = Sheet(width: 760, left: 56, right: 640, isNarrow: false)
    /// For phones; its names of lines stand above the drawing.
    static let narrow = Sheet(width: 340, left: 46, right: 330, isNarrow: true)

    /// Dates beneath the field that have room beside each other.
    var mostDates: Int { Int((right - left) / 62) }

    /// An id that a drawing of the same on another sheet does not use.
    func id(_ id: String, _ part: String) -> String {
        "\(id)-\(part)\(isNarrow ? "-narrow" : "")"
    }
}
