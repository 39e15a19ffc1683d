/// What a row carries for the id of a model set that is new, until the set has one: a number below 0, which no id is.
enum ModelSetStandIn {
    /// The number for the set at the place `index` among those that are new.
    static func number(forNew index: Int) -> Int32 { -1 - Int32(index) }

    /// The place among the sets that are new; `nil` for an id.
    static func index(of number: Int32) -> Int? { number < 0 ? Int(-1 - number) : nil }
}
