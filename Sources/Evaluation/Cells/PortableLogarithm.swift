/// The natural logarithm with the same bits on every machine.
///
///     ln x = k ln 2 + 2 artanh s,   s = (m − 1)/(m + 1),   x = m 2ᵏ,   √½ ≤ m < √2
///
/// The C library's logarithm may differ in the last bit from one processor to the next, and a sum of rounded
/// losses would then differ between the machine that wrote a cell and the one that verifies it. This uses
/// only additions, multiplications and divisions, which IEEE 754 fixes to the bit.
///
/// - Parameter x: A finite number above 0, not subnormal.
/// - Returns: The logarithm, within 4e-16 of the true value relative to max(1, |ln x|).
package func portableLogarithm(_ x: Double) -> Double {
    var exponent = Double(x.exponent)
    var mantissa = x.significand
    if mantissa > 1.414_213_562_373_095_1 {
        mantissa *= 0.5
        exponent += 1
    }
    let s = (mantissa - 1) / (mantissa + 1)
    let z = s * s
    var series = 1.0 / 23
    for denominator in stride(from: 21.0, through: 1.0, by: -2.0) {
        series = series * z + 1 / denominator
    }
    let highLn2 = 0x1.62e42fefa38p-1
    let lowLn2 = 0x1.ef35793c7673p-45
    return exponent * highLn2 + (2 * s * series + exponent * lowLn2)
}
