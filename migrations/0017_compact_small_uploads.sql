-- Small writes have one row of the ledger a token, task, kind and hour: one for each group grew without end.

-- The hour whose small writes a row holds; NULL for an upload of its own.
ALTER TABLE uploads ADD COLUMN hour_start timestamptz;
-- When the newest of an hour's small writes became known; known_at is when the first did.
ALTER TABLE uploads ADD COLUMN last_known_at timestamptz;
ALTER TABLE uploads ADD CONSTRAINT uploads_hour_complete
    CHECK ((hour_start IS NULL) = (last_known_at IS NULL));

-- Groups of small writes until now: their digest ends with 16 random bytes, that of others with a longer text.
CREATE TEMPORARY TABLE merged_uploads ON COMMIT DROP AS
SELECT upload_id,
    min(upload_id) OVER (
        PARTITION BY task_id, kind, token_names, date_trunc('hour', known_at, 'UTC')) AS kept_id
FROM uploads
WHERE octet_length(digest) = 48;
CREATE UNIQUE INDEX merged_uploads_id ON merged_uploads (upload_id);
ANALYZE merged_uploads;

UPDATE uploads
SET digest = '',
    hour_start = date_trunc('hour', uploads.known_at, 'UTC'),
    known_at = sums.known_at,
    last_known_at = sums.last_known_at,
    received = sums.received,
    accepted = sums.accepted,
    duplicate = sums.duplicate,
    conflict = sums.conflict,
    corrected = sums.corrected,
    withdrawn = sums.withdrawn,
    orphan = sums.orphan,
    joined = sums.joined,
    label_before_prediction = sums.label_before_prediction,
    rejected = sums.rejected
FROM (
    SELECT kept_id, min(known_at) AS known_at, max(known_at) AS last_known_at,
        sum(received) AS received, sum(accepted) AS accepted, sum(duplicate) AS duplicate,
        sum(conflict) AS conflict, sum(corrected) AS corrected, sum(withdrawn) AS withdrawn,
        sum(orphan) AS orphan, sum(joined) AS joined,
        sum(label_before_prediction) AS label_before_prediction, sum(rejected) AS rejected
    FROM merged_uploads
    JOIN uploads USING (upload_id)
    GROUP BY kept_id) AS sums
WHERE uploads.upload_id = sums.kept_id;

-- Facts and rejects go on naming the upload that they are of.
DELETE FROM merged_uploads WHERE upload_id = kept_id;
UPDATE predictions SET upload_id = kept_id
FROM merged_uploads WHERE predictions.upload_id = merged_uploads.upload_id;
UPDATE labels SET upload_id = kept_id
FROM merged_uploads WHERE labels.upload_id = merged_uploads.upload_id;
UPDATE orphan_labels SET upload_id = kept_id
FROM merged_uploads WHERE orphan_labels.upload_id = merged_uploads.upload_id;
UPDATE rejects SET upload_id = kept_id
FROM merged_uploads WHERE rejects.upload_id = merged_uploads.upload_id;
DELETE FROM uploads USING merged_uploads WHERE uploads.upload_id = merged_uploads.upload_id;

CREATE UNIQUE INDEX uploads_hour ON uploads (task_id, kind, token_names, hour_start)
    WHERE hour_start IS NOT NULL;
-- Room for the row of the hour, which each group writes anew.
ALTER TABLE uploads SET (fillfactor = 70);
