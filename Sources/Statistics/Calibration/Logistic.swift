import RealModule

/// The logistic function σ(x) = 1/(1 + e^(−x)), accurate at both ends.
func logistic(_ x: Double) -> Double {
    if x >= 0 { return 1 / (1 + Double.exp(-x)) }
    let e = Double.exp(x)
    return e / (1 + e)
}

/// The log odds ln p − ln(1 − p) of a probability clipped to [ε, 1 − ε].
func logit(_ p: Double, clip: Double) -> Double {
    let q = min(max(p, clip), 1 - clip)
    return Double.log(q) - Double.log(onePlus: -q)
}

/// ln(1 + eˣ) without overflow.
func softplus(_ x: Double) -> Double {
    max(x, 0) + Double.log(onePlus: Double.exp(-abs(x)))
}
