/// The fixed bins of absolute residuals: steps of 2^(1/20), about 3.5 %, from 10⁻⁶·2⁻⁸⁰, about 8·10⁻³¹, to
/// 2·10⁹; what is smaller has one bin from 0 on.
package enum MagnitudeEdges {
    package static let starts: [Double] = {
        var starts = [0.0]
        let steps: [Double] = (0..<20).map { step in
            // 2^(step/20) by repeated square roots would differ in the last bit between libraries;
            // a division of rounded literals does not.
            Double(tenThousandthsOfRoots[step]) / 10_000
        }
        var octave = 1e-6
        for _ in 0..<octavesAdded { octave /= 2 }
        while octave < 2e9 {
            for step in steps { starts.append(octave * step) }
            octave *= 2
        }
        return starts
    }()

    /// The first table began at 10⁻⁶.
    private static let octavesAdded = 80
    /// Bins below those of the first table, without the one from 0 on.
    static let addedBelow = 20 * octavesAdded

    private static let tenThousandthsOfRoots = [
        10_000, 10_353, 10_718, 11_096, 11_487, 11_892, 12_311, 12_746, 13_195, 13_660,
        14_142, 14_641, 15_157, 15_692, 16_245, 16_818, 17_411, 18_025, 18_661, 19_319,
    ]

    /// The bin of an absolute residual, which is at least 0.
    package static func bin(_ magnitude: Double) -> Int {
        var low = 0
        var high = starts.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if starts[middle] <= magnitude { low = middle } else { high = middle - 1 }
        }
        return low
    }

    /// The value at the upper end of a bin.
    package static func end(ofBin bin: Int) -> Double {
        bin + 1 < starts.count ? starts[bin + 1] : 2 * FixedPoint.largestValue
    }
}
