/// An upload with what was taken back of it.
package struct UploadRecord: Sendable, Equatable {
    package var entry: UploadEntry
    /// The earliest first.
    package var withdrawals: [Withdrawal]

    package init(entry: UploadEntry, withdrawals: [Withdrawal] = []) {
        self.entry = entry
        self.withdrawals = withdrawals
    }

    /// How much of it was taken back.
    package enum State: Sendable, Equatable {
        case counts
        case withdrawnInPart
        case withdrawn
    }

    package var state: State {
        guard !withdrawals.isEmpty else { return .counts }
        let last = entry.lastKnownAt ?? entry.knownAt
        return withdrawals.contains { withdrawal in
            guard let interval = withdrawal.interval else { return true }
            return interval.contains(entry.knownAt) && interval.contains(last)
        } ? .withdrawn : .withdrawnInPart
    }
}
