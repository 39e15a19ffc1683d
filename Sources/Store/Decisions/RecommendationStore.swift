package import Evaluation
package import Postgres

/// The recommendations that were given.
package struct RecommendationStore: Sendable {
    package let connection: PostgresConnection

    package init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// What became of a recommendation that was to be kept.
    package enum Outcome: Sendable, Equatable {
        /// The question had not been asked before.
        case added
        /// The question had been asked before, and this is the answer that was given then.
        case repeated
        /// The question had been asked before, and the answer was another; that one is kept. This is an error of
        /// ours, and never said of replays, of which each answer is kept.
        case differs(from: RecommendationRecord)
    }

    /// Keeps a recommendation, unless the same question has been answered before; a replay, unless it has been
    /// answered so.
    ///
    /// To be called outside a REPEATABLE READ transaction, which could not see what was kept since it began.
    ///
    /// - Returns: Whether it is new, and if not, whether the answer is the same.
    package func record(
        _ record: RecommendationRecord,
        of task: PredictionTask
    ) async throws -> Outcome {
        let now = try await connection.now()
        let added = try await connection.query(
            """
            INSERT INTO recommendations (
                asked_at, task_id, as_of, is_replay, options_digest, answer_digest, model, verdict, options,
                inputs, answer)
            VALUES (
                \(now), \(task.id), \(record.asOf), \(record.isReplay),
                sha256(convert_to(\(record.options), 'UTF8')),
                sha256(convert_to(\(record.answer), 'UTF8')), \(record.model), \(record.verdict.rawValue),
                \(record.options), \(record.inputs), \(record.answer))
            ON CONFLICT DO NOTHING
            RETURNING recommendation_id
            """
        )
        guard added.isEmpty else { return .added }
        if record.isReplay { return .repeated }
        let rows = try await connection.query(
            """
            SELECT as_of, asked_at, is_replay, model, verdict, options, inputs, answer
            FROM recommendations
            WHERE task_id = \(task.id) AND as_of = \(record.asOf) AND NOT is_replay
                AND options_digest = sha256(convert_to(\(record.options), 'UTF8'))
            """
        )
        let stored = try Self.decode(try rows.single())
        // As bytes: equal Swift texts may be of different ones.
        let isSame = stored.answer.utf8.elementsEqual(record.answer.utf8)
        return isSame ? .repeated : .differs(from: stored)
    }

    /// Sets the answers that were given apart from those to come, where a name changes that stands in them.
    ///
    /// The same question has another answer from then on. What was answered stays as it is.
    package func setApart(of task: PredictionTask) async throws {
        _ = try await connection.execute(
            """
            UPDATE recommendations
            SET options_digest = sha256(options_digest)
            WHERE task_id = \(task.id) AND NOT is_replay
            """
        )
    }

    /// Has the answers about a model be found under its new name.
    package func followModel(_ model: Name, to name: Name, of task: PredictionTask) async throws {
        _ = try await connection.execute(
            """
            UPDATE recommendations
            SET model = \(name)
            WHERE task_id = \(task.id) AND model = \(model)
            """
        )
    }

    /// The recommendations for a task.
    ///
    /// - Parameters:
    ///   - task: Whose.
    ///   - limit: At most so many, and beyond it those about the same instant as the last one, so that `before` leads
    ///     on without gaps.
    ///   - before: Only those about earlier instants.
    ///   - includingReplays: Whether replays are among them.
    /// - Returns: The recommendations, those about the newest instants first.
    /// - Throws: `PostgresError`.
    package func history(
        of task: PredictionTask,
        limit: Int,
        before: Instant = .distantFuture,
        includingReplays: Bool = true
    ) async throws -> [RecommendationRecord] {
        try await connection.query(
            """
            WITH newest AS (
                SELECT recommendation_id, as_of, asked_at, is_replay, model, verdict, options, inputs,
                    answer
                FROM recommendations
                WHERE task_id = \(task.id)
                    AND as_of < \(before)
                    AND (\(includingReplays) OR NOT is_replay)
                ORDER BY as_of DESC
                FETCH FIRST \(Int64(limit)) ROWS WITH TIES
            )
            SELECT as_of, asked_at, is_replay, model, verdict, options, inputs, answer
            FROM newest
            ORDER BY as_of DESC, recommendation_id DESC
            """
        ).map(Self.decode)
    }

    // Kept out of line: see `PostgresRow`.
    @inline(never)
    private static func decode(_ row: PostgresRow) throws -> RecommendationRecord {
        let text = try row.text("verdict")
        guard let verdict = RecommendationVerdict(rawValue: text) else {
            throw StoreError.unknownValue(column: "recommendations.verdict", value: text)
        }
        return RecommendationRecord(
            asOf: try row.instant("as_of"),
            askedAt: try row.instant("asked_at"),
            isReplay: try row.bool("is_replay"),
            model: try row.name("model"),
            verdict: verdict,
            options: try row.text("options"),
            inputs: try row.text("inputs"),
            answer: try row.text("answer")
        )
    }
}
