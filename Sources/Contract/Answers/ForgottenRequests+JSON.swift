extension JSONValue {
    /// The object of an answer, which says how many requests are missing in it, for their rows were deleted.
    ///
    /// An answer in which none is has no such member.
    package func adding(forgotten count: Int64) -> JSONValue {
        count > 0 ? adding(["forgotten": JSONValue(count)]) : self
    }
}
