/// What is wrong with values handed to this module.
///
/// Inputs are checked once, where they enter; what is computed from checked inputs cannot fail.
public enum StatisticsError: Error, Hashable, Sendable {
    /// A list that must have elements has none.
    case empty(name: String)
    /// Two lists that belong together element by element differ in length.
    case lengthsDiffer(name: String, count: Int, otherName: String, otherCount: Int)
    /// An element is not a finite number from 0 to 1.
    case notAProbability(name: String, element: Int, value: Double)
    /// An element is NaN, infinite or of a magnitude above 1e60.
    case notFinite(name: String, element: Int, value: Double)
    /// An element is negative, NaN, above 1e60 or so near 0 that dividing by it is no use.
    case negative(name: String, element: Int, value: Double)
    /// An element is not a number from 1e-60 to 1e60.
    case notPositive(name: String, element: Int, value: Double)
    /// A parameter lies outside the range that it may take.
    case outOfRange(name: String, value: Double, allowed: String)
}

extension StatisticsError: CustomStringConvertible {
    /// The error as full sentences: what is wrong, which element, its value, what is allowed.
    public var description: String {
        switch self {
        case .empty(let name):
            "There are no \(name); at least one is needed."
        case .lengthsDiffer(let name, let count, let otherName, let otherCount):
            "There are \(count) \(name) but \(otherCount) \(otherName); there must be as many."
        case .notAProbability(let name, let element, let value):
            "Element \(element) of \(name) is \(value); it must be a finite number from 0 to 1."
        case .notFinite(let name, let element, let value):
            "Element \(element) of \(name) is \(value); it must be a number from -1e60 to 1e60."
        case .negative(let name, let element, let value):
            "Element \(element) of \(name) is \(value); it must be 0 or a number from 1e-60 to 1e60."
        case .notPositive(let name, let element, let value):
            "Element \(element) of \(name) is \(value); it must be a number from 1e-60 to 1e60."
        case .outOfRange(let name, let value, let allowed):
            "The \(name) is \(value); it must be \(allowed)."
        }
    }
}
