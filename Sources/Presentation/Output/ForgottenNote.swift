/// What is said where requests are missing, for their rows were deleted.
package enum ForgottenNote {
    /// - Parameter count: Of requests.
    /// - Returns: A sentence; `nil` where there are none.
    package static func note(_ count: Int64) -> String? {
        guard count > 0 else { return nil }
        let requests = NumberText.count(Int(count), "request is", "requests are")
        return
            "Without what was deleted: \(requests) missing here, for somebody asked that they be forgotten."
    }
}
