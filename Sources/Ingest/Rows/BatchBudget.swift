import Evaluation

/// Holds a batch within its limits.
struct BatchBudget {
    private var rejects: Int
    private var textBytes: Int

    init(limits: IngestLimits) {
        rejects = limits.rejectsPerBatch
        textBytes = limits.textBytesPerBatch
    }

    /// Whether there is room for another row beside `textBytes` of text.
    func allows(_ textBytes: Int) -> Bool {
        rejects > 0 && textBytes < self.textBytes
    }

    mutating func add(_ reject: Reject?, to rejects: inout [Reject]) {
        guard let reject else { return }
        self.rejects -= 1
        textBytes -= reject.row.utf8.count + reject.value.utf8.count
        rejects.append(reject)
    }
}
