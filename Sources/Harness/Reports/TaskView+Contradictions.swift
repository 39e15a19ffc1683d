import Evaluation
import Postgres
import Store

extension TaskView {
    /// What contradicts in an interval, with the uploads that did it; `nil` where nothing does.
    ///
    /// Uploads are named as of the question's present, also where it is about now: so the same answer is given when it
    /// is asked for again.
    ///
    /// `requests` says how many there are.
    func contradictions(
        _ requests: ContradictionCount,
        in interval: Window,
        _ connection: PostgresConnection
    ) async throws -> Contradictions? {
        guard !requests.isZero else { return nil }
        let (uploads, count) = try await UploadLedger(connection).contradictions(
            task,
            of: interval,
            knownBy: present,
            limit: Contradictions.namedUploads
        )
        return Contradictions(
            requests: requests,
            uploads: uploads,
            moreUploads: count - uploads.count
        )
    }
}
