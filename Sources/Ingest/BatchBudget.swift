/// Holds a batch within its limits.
struct BatchBudget {
    private let limits: IngestLimits
    private var rejectCount = 0
    private var rejectBytes = 0

    init(limits: IngestLimits) {
        self.limits = limits
    }

    /// Whether there is room for another row beside `textBytes` of text.
    func allows(_ textBytes: Int) -> Bool {
        rejectCount < limits.rejectsPerBatch && textBytes + rejectBytes < limits.textBytesPerBatch
    }

    mutating func add(_ reject: Reject?, to rejects: inout [Reject]) {
        guard let reject else { return }
        rejectCount += 1
        rejectBytes += reject.row.utf8.count + reject.value.utf8.count
        rejects.append(reject)
    }
}
