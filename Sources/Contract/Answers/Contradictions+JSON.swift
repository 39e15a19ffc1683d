package import Evaluation

extension JSONValue {
    /// The object of an answer, which says where requests were told in several ways, and by which uploads.
    ///
    /// An answer about requests of which none was has no such member.
    package func adding(_ contradictions: Contradictions?) -> JSONValue {
        guard let contradictions else { return self }
        return adding(["contradictions": contradictions.json])
    }
}

extension Contradictions {
    fileprivate var json: JSONValue {
        [
            "scores": JSONValue(requests.scores),
            "labels": JSONValue(requests.labels),
            "uploads": .array(
                uploads.map {
                    [
                        "upload": JSONValue($0.id), "against": JSONValue($0.against),
                        "rows": JSONValue($0.rows),
                    ]
                }
            ),
            "more_uploads": JSONValue(moreUploads),
        ]
    }
}
