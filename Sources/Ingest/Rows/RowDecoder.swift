/// Turns the values of one row at a time into a row of a batch.
protocol RowDecoder {
    associatedtype Batch: RowBatch

    /// Prepares for the columns of a file.
    mutating func use(_ finder: ColumnFinder) throws(IngestError)

    mutating func begin(maximumRows: Int) -> Batch

    /// Decodes the row and appends it, or says why not.
    mutating func decode(
        _ bytes: borrowing Span<UInt8>,
        _ fields: borrowing Span<Field>,
        line: Int64,
        into batch: inout Batch
    ) throws(Refusal)

    /// Hands the dictionaries over to the batch.
    mutating func end(_ batch: inout Batch)

    /// The size of the texts of the batch.
    func textBytes(in batch: Batch) -> Int

    /// Whether the batch has no room for another row.
    func isFull(_ batch: Batch) -> Bool

    /// What there is too much of, as a full sentence, or nil.
    var excess: String? { get }
}
