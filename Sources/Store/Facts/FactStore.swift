package import Evaluation
import Ingest
package import Postgres

/// Predictions and labels: reading everything that is known of some keys, and writing new rows.
package struct FactStore: Sendable {
    package let connection: PostgresConnection
    package let task: PredictionTask
    /// The instant whose rows are shown, where uploads have been withdrawn since; `nil` for those that count now.
    package let past: Instant?

    package init(
        _ connection: PostgresConnection,
        task: PredictionTask,
        past: Instant? = nil
    ) {
        self.connection = connection
        self.task = task
        self.past = past
    }

    // MARK: - Where rows are

    /// The partitions in which the task has predictions that it keeps, with the number of rows.
    package func parts() async throws -> [Int32: Int64] {
        var parts: [Int32: Int64] = [:]
        for row in try await connection.query(
            """
            SELECT part, prediction_rows
            FROM task_parts
            WHERE task_id = \(task.id) AND released_at IS NULL
            """
        ) {
            parts[try row.int32(0)] = try row.int64(1)
        }
        return parts
    }

    /// Whether the task has ever had predictions: their rows may be gone, their cells are there.
    package func hadPredictions() async throws -> Bool {
        try await connection.query(
            "SELECT EXISTS (SELECT 1 FROM task_parts WHERE task_id = \(task.id)) AS any"
        ).single().bool(0)
    }

    package func recordParts(_ rows: [Int32: Int64]) async throws {
        guard !rows.isEmpty else { return }
        let sorted = rows.sorted { $0.key < $1.key }
        _ = try await connection.execute(
            """
            INSERT INTO task_parts (task_id, part, prediction_rows)
            SELECT \(task.id), part, row_count
            FROM unnest(\(sorted.map(\.key)), \(sorted.map(\.value))) AS counted (part, row_count)
            ON CONFLICT (task_id, part)
            DO UPDATE SET prediction_rows = task_parts.prediction_rows + EXCLUDED.prediction_rows
            """
        )
    }

    package func hasOrphans() async throws -> Bool {
        try await connection.query(
            "SELECT EXISTS (SELECT 1 FROM orphan_labels WHERE task_id = \(task.id)) AS any"
        ).single().bool(0)
    }

    /// How many prediction ids had labels but no prediction at an instant, and the first of them by the bytes of
    /// the id, those that are UUIDs before the others.
    ///
    /// Labels that became known after `instant` are left out. `joined` are keys whose prediction has become known
    /// since, with a partition of theirs.
    package func orphans(
        knownBy instant: Instant,
        besides joined: [(key: PredictionKey, part: Int32)],
        limit: Int
    ) async throws -> (count: Int, ids: [String]) {
        let rows = orphanRows("l.prediction_id, l.key", knownBy: instant)
        let count = try await connection.query(
            "SELECT count(DISTINCT key) AS orphan_count FROM (\(rows)) AS orphan"
        ).single().int(0)
        var first = try await connection.query(
            """
            SELECT DISTINCT prediction_id COLLATE "C" AS id, key
            FROM (\(rows)) AS orphan
            ORDER BY id, key
            LIMIT \(limit)
            """
        ).map(decodeOrphan)
        for (key, id) in try await predictionIDs(of: joined) {
            let text = id == key.uuidText(taskID: task.id) ? "" : id
            first.append((id, OrphanPlace(text: text, key: key)))
        }
        first.sort { $0.place < $1.place }
        return (count + joined.count, first.prefix(limit).map(\.id))
    }

    /// A page of the ids that have labels but no prediction.
    ///
    /// - Parameters:
    ///   - place: The last one of the page before; `nil` for the first page.
    ///   - limit: How many at most.
    /// - Returns: The ids, a UUID as such, with their places.
    /// - Throws: `PostgresError`.
    package func orphans(
        after place: OrphanPlace?,
        limit: Int
    ) async throws -> [(id: String, place: OrphanPlace)] {
        let key = place.map { PostgresValue.uuid(high: $0.key.high, low: $0.key.low) } ?? .null
        return try await connection.query(
            """
            SELECT DISTINCT prediction_id COLLATE "C" AS id, key
            FROM (
                SELECT prediction_id, key FROM orphan_labels WHERE task_id = \(task.id)
                UNION ALL
                \(Self.labelsLeftBehind(of: task))
            ) AS orphan
            WHERE \(place?.text) IS NULL
                OR (prediction_id COLLATE "C", key) > (\(place?.text), \(key)::uuid)
            ORDER BY id, key
            LIMIT \(limit)
            """
        ).map(decodeOrphan)
    }

    // Kept out of line: see `PostgresRow`.
    @inline(never)
    private func decodeOrphan(_ row: PostgresRow) throws -> (id: String, place: OrphanPlace) {
        let text = try row.text(0)
        let uuid = try row.uuid(1)
        let key = PredictionKey(high: uuid.high, low: uuid.low)
        let id = text.isEmpty ? key.uuidText(taskID: task.id) : text
        return (id, OrphanPlace(text: text, key: key))
    }

    // MARK: - Reading by key

    /// Creates the session's staging table; once a session, outside of any transaction.
    package func prepareSession() async throws {
        try await connection.executeScript(
            """
            CREATE TEMPORARY TABLE IF NOT EXISTS stage (
                upload_id integer NOT NULL,
                part integer NOT NULL,
                key uuid NOT NULL
            ) ON COMMIT DELETE ROWS;
            """
        )
    }

    /// Puts keys, each with a partition, into the staging table under the upload 0.
    func stage(_ keys: [(key: PredictionKey, part: Int32)]) async throws {
        try await connection.copyIn(
            "COPY stage (upload_id, part, key) FROM STDIN (FORMAT binary)"
        ) { writer in
            for (key, part) in keys {
                try writer.startRow(fields: 3)
                writer.int32(0)
                writer.int32(part)
                writer.uuid(high: key.high, low: key.low)
            }
        }
        _ = try await connection.execute("ANALYZE stage")
    }

    /// Stands for "every partition" with a key to look for.
    package static let anyPart = Int32.min

    /// Reads all rows of the given keys.
    ///
    /// - Parameters:
    ///   - keys: Keys with the partition where each is to be looked for, or `anyPart`.
    ///   - parts: The partitions to look in.
    ///   - includingOrphans: Whether labels without a prediction are read too.
    /// - Returns: The rows, sorted by key.
    /// - Throws: `PostgresError`.
    package func load(
        _ keys: [(key: PredictionKey, part: Int32)],
        parts: [Int32],
        includingOrphans: Bool
    ) async throws -> Facts {
        guard !keys.isEmpty, !parts.isEmpty || includingOrphans else { return Facts() }
        _ = try await connection.execute("SAVEPOINT staging")
        try await stage(keys)
        var facts = Facts()
        for part in parts.sorted() {
            let place: SQL = """
                s.upload_id = 0 AND s.part IN (\(constant: part), \(constant: Self.anyPart))
                """
            try await copy(
                """
                COPY (
                    SELECT \(Self.predictionColumns)
                    FROM stage AS s
                    JOIN predictions AS p ON p.key = s.key
                    WHERE \(place) AND p.part = \(constant: part) \(andCountedThen("p"))
                ) TO STDOUT (FORMAT binary)
                """,
                predictionsInto: &facts
            )
            try await copy(
                """
                COPY (
                    SELECT \(Self.labelColumns)
                    FROM stage AS s
                    JOIN labels AS l ON l.key = s.key
                    WHERE \(place) AND l.part = \(constant: part) \(andCountedThen(label: "l"))
                ) TO STDOUT (FORMAT binary)
                """,
                labelsInto: &facts,
                areOrphans: false
            )
        }
        if includingOrphans {
            try await copy(
                """
                COPY (
                    SELECT \(Self.orphanColumns)
                    FROM (SELECT DISTINCT key FROM stage WHERE upload_id = 0) AS s
                    JOIN orphan_labels AS l ON l.key = s.key
                    WHERE true \(andCountedThen(label: "l"))
                ) TO STDOUT (FORMAT binary)
                """,
                labelsInto: &facts,
                areOrphans: true
            )
        }
        if past != nil {
            try await loadWithdrawn(
                parts: parts,
                includingOrphans: includingOrphans,
                into: &facts
            )
        }
        _ = try await connection.execute("ROLLBACK TO SAVEPOINT staging")
        _ = try await connection.execute("RELEASE SAVEPOINT staging")
        facts.sort()
        return facts
    }

    // MARK: - Reading everything

    /// Reads the task's rows of one partition with keys in a range, for recomputation.
    ///
    /// `sets` are the model sets of the task, which tell its rows from those of other tasks; `keys` are the lowest and
    /// highest `key.high` of the rows.
    package func scan(
        part: Int32,
        sets: [Int32],
        keys: ClosedRange<UInt64>,
        asOf: Instant
    ) async throws -> Facts {
        guard !sets.isEmpty else { return Facts() }
        var facts = Facts()
        let bounds = Self.keyBounds(keys)
        let setList = Self.list(sets)
        let known = Self.knownBy(asOf)
        try await copy(
            """
            COPY (
                SELECT \(Self.predictionColumns)
                FROM predictions AS p
                WHERE p.part = \(constant: part) AND p.model_set_id IN (\(setList))
                    AND p.key BETWEEN \(bounds) AND p.known_at <= \(known)
                    \(andCountedThen("p"))
            ) TO STDOUT (FORMAT binary)
            """,
            predictionsInto: &facts
        )
        try await copy(
            """
            COPY (
                SELECT \(Self.labelColumns)
                FROM labels AS l
                WHERE l.part = \(constant: part) AND l.key BETWEEN \(bounds)
                    AND l.known_at <= \(known)
                    AND l.label_source_id IN (
                        SELECT label_source_id FROM label_sources
                        WHERE task_id = \(constant: task.id))
                    \(andCountedThen(label: "l"))
            ) TO STDOUT (FORMAT binary)
            """,
            labelsInto: &facts,
            areOrphans: false
        )
        if past != nil {
            let place: SQL = "= \(constant: part)"
            let rows: SQL = "BETWEEN \(bounds)"
            try await scanWithdrawn(part: place, keys: rows, knownBy: known, into: &facts)
        }
        facts.sort()
        return facts
    }

    // MARK: - Rows of COPY

    static let predictionColumns: SQL = """
        p.key, p.known_at, p.predicted_at, p.model_set_id, p.slice_set_id, p.part, p.copy, p.scores,
        p.details, p.upload_id
        """
    static let labelColumns: SQL =
        "l.key, l.observed_at, l.known_at, l.value, l.label_source_id, l.revision, l.upload_id, l.part"
    static let orphanColumns: SQL =
        "l.key, l.observed_at, l.known_at, l.value, l.label_source_id, l.revision, l.upload_id"

    func copy(_ sql: SQL, predictionsInto facts: inout Facts) async throws {
        let read = try await connection.copyOut(sql) { reader in
            var rows: [PredictionFact] = []
            var scores: [Double] = []
            var rowScores: [Double] = []
            while try reader.nextRow() {
                let key = try reader.uuid(0)
                rows.append(
                    PredictionFact(
                        key: PredictionKey(high: key.high, low: key.low),
                        predictedAt: Instant(microseconds: try reader.timestamp(2)),
                        telling: Telling(
                            knownAt: Instant(microseconds: try reader.timestamp(1)),
                            uploadID: try reader.int64(9),
                            place: try reader.int32(6)
                        ),
                        modelSet: try reader.int32(3),
                        sliceSet: try reader.int32(4),
                        part: try reader.int32(5),
                        scoreStart: scores.count,
                        details: try reader.text(8)
                    )
                )
                try reader.doubleArray(7, into: &rowScores)
                scores += rowScores
            }
            return (rows, scores)
        }
        let base = facts.scores.count
        facts.scores += read.1
        for var row in read.0 {
            row.scoreStart += base
            facts.predictions.append(row)
        }
    }

    func copy(
        _ sql: SQL,
        labelsInto facts: inout Facts,
        areOrphans: Bool = false
    ) async throws {
        facts.labels += try await connection.copyOut(sql) { reader in
            var rows: [LabelFact] = []
            while try reader.nextRow() {
                let key = try reader.uuid(0)
                rows.append(
                    LabelFact(
                        key: PredictionKey(high: key.high, low: key.low),
                        revision: LabelRevision(
                            observedAt: Instant(microseconds: try reader.timestamp(1)),
                            telling: Telling(
                                knownAt: Instant(microseconds: try reader.timestamp(2)),
                                uploadID: try reader.int64(6),
                                place: try reader.int32(5)
                            ),
                            value: reader.isNull(3) ? nil : try reader.double(3),
                            source: try reader.int32(4)
                        ),
                        part: areOrphans || reader.isNull(7) ? nil : try reader.int32(7)
                    )
                )
            }
            return rows
        }
    }

    private static func keyBounds(_ keys: ClosedRange<UInt64>) -> SQL {
        func uuid(_ high: UInt64, fill: Character) -> String {
            let digits = String(high, radix: 16)
            let padded = String(repeating: "0", count: 16 - digits.count) + digits
            return padded + String(repeating: fill, count: 16)
        }
        return """
            \(literal: uuid(keys.lowerBound, fill: "0"))::uuid
                AND \(literal: uuid(keys.upperBound, fill: "f"))::uuid
            """
    }

    /// What `IN` takes; nothing is in the list of no numbers.
    static func list(_ numbers: [Int32]) -> SQL {
        numbers.isEmpty ? "NULL" : numbers.map { "\(constant: $0)" as SQL }.joined(separator: ", ")
    }

    static func knownBy(_ asOf: Instant) -> SQL {
        asOf == .distantFuture
            ? "'infinity'::timestamptz" : "\(constantTimestamp: asOf.microseconds)"
    }
}
