import Testing

/// Expects two numbers to agree within a relative tolerance, or absolutely near 0.
func expectClose(
    _ actual: Double?,
    _ expected: Double,
    relative: Double,
    absolute: Double = 1e-300,
    _ comment: Comment? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    guard let actual else {
        Issue.record("There is no value; expected \(expected).", sourceLocation: sourceLocation)
        return
    }
    let error = abs(actual - expected)
    #expect(
        error <= relative * abs(expected) + absolute,
        "\(actual) is not \(expected): off by \(error / abs(expected)) relative; \(comment?.description ?? "")",
        sourceLocation: sourceLocation
    )
}

/// Expects lists to agree element by element.
func expectClose(
    _ actual: [Double],
    _ expected: [Double],
    relative: Double,
    absolute: Double = 1e-300,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(actual.count == expected.count, sourceLocation: sourceLocation)
    for (a, e) in zip(actual, expected) {
        expectClose(a, e, relative: relative, absolute: absolute, sourceLocation: sourceLocation)
    }
}
