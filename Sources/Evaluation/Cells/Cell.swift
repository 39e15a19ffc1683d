/// What one cell adds up: a model version, a slice, a time bucket.
package struct CellKey: Hashable, Sendable {
    package var version: Int32
    package var slice: Int32
    package var bucket: Int32

    package init(version: Int32, slice: Int32, bucket: Int32) {
        self.version = version
        self.slice = slice
        self.bucket = bucket
    }
}

/// What one paired cell adds up; `first` is the version whose model name and version sort first.
package struct PairCellKey: Hashable, Sendable {
    package var first: Int32
    package var second: Int32
    package var slice: Int32
    package var bucket: Int32

    package init(first: Int32, second: Int32, slice: Int32, bucket: Int32) {
        self.first = first
        self.second = second
        self.slice = slice
        self.bucket = bucket
    }
}

/// The exact partial aggregate of one (model version, slice, time bucket).
package struct ModelCell: Sendable, Equatable {
    package var totals: CellTotals
    package var histogram: SparseHistogram

    package init(layout: CellLayout, fine: Bool) {
        totals = CellTotals(layout.totals)
        histogram = layout.histogram(fine: fine)
    }

    package var isZero: Bool { totals.isZero && histogram.isZero }

    package mutating func add(
        totals totalBytes: [UInt8],
        histogram histogramBytes: [UInt8]
    ) throws(CellCodingError) {
        try CellCoding.add(totals: totalBytes, to: &totals)
        try CellCoding.add(histogram: histogramBytes, to: &histogram)
    }

    /// Adds another cell with a `sign` of +1, takes it back with −1.
    package mutating func add(_ other: ModelCell, sign: Int64 = 1) {
        totals.add(other.totals, sign: sign)
        histogram.add(other.histogram, sign: sign)
    }
}

/// The exact partial aggregate of one pair of model versions on the same requests.
package struct PairCell: Sendable, Equatable {
    package var totals: CellTotals

    package init(layout: CellLayout) {
        totals = CellTotals(layout.pairTotals)
    }

    package var isZero: Bool { totals.isZero }

    package mutating func add(totals bytes: [UInt8]) throws(CellCodingError) {
        try CellCoding.add(totals: bytes, to: &totals)
    }

    /// Adds another cell with a `sign` of +1, takes it back with −1.
    package mutating func add(_ other: PairCell, sign: Int64 = 1) {
        totals.add(other.totals, sign: sign)
    }
}
