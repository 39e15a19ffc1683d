-- The ledger of cohorts is a function of rows and their known_at, whatever the order and the time of their coming. An
-- entry is provisional until an answer has used it, and is made anew where rows come that were in time for it. Where
-- such rows come for an entry that was used, it gets a revision, which is in force when the ledger has been restated.

-- Until now an entry with labels, or that had lost rows, was never made anew.
ALTER TABLE cohorts RENAME COLUMN is_fixed TO has_labels;

-- NULL: to be made, or to be made anew.
ALTER TABLE cohorts ALTER COLUMN frozen_at DROP NOT NULL;
ALTER TABLE cohorts ALTER COLUMN frozen_at DROP DEFAULT;
ALTER TABLE cohorts ALTER COLUMN settings_version DROP NOT NULL;
ALTER TABLE cohorts ALTER COLUMN has_labels SET DEFAULT false;

-- It has lost rows for good, and could not be made anew as it is.
ALTER TABLE cohorts ADD COLUMN is_fixed boolean NOT NULL DEFAULT false;
UPDATE cohorts
SET is_fixed = true
FROM forgotten_requests
WHERE forgotten_requests.task_id = cohorts.task_id
    AND forgotten_requests.bucket_start = cohorts.bucket_start;

-- When an answer that was given out first rested on it; NULL while it is provisional.
ALTER TABLE cohorts ADD COLUMN used_at timestamptz;
UPDATE cohorts
SET used_at = task_gates.decided_at
FROM task_gates
WHERE task_gates.task_id = cohorts.task_id AND cohorts.has_labels
    AND cohorts.matured_at <= task_gates.decided_at;
ALTER TABLE task_gates DROP COLUMN decided_at;

-- When rows last came that were in time for it, after it had matured.
ALTER TABLE cohorts ADD COLUMN loaded_at timestamptz;

-- 0 is the first. A revision has what was told by then, and perhaps more; the one before has not.
ALTER TABLE cohorts ADD COLUMN revision integer NOT NULL DEFAULT 0;
ALTER TABLE cohorts ADD COLUMN told_at timestamptz NOT NULL DEFAULT '-infinity';

ALTER TABLE cohort_pair_cells DROP CONSTRAINT cohort_pair_cells_cohort_fk;
ALTER TABLE cohort_pair_cells DROP CONSTRAINT cohort_pair_cells_pk;
ALTER TABLE cohort_cells DROP CONSTRAINT cohort_cells_cohort_fk;
ALTER TABLE cohort_cells DROP CONSTRAINT cohort_cells_pk;
ALTER TABLE cohorts DROP CONSTRAINT cohorts_pk;

ALTER TABLE cohorts ADD CONSTRAINT cohorts_pk
    PRIMARY KEY (task_id, bucket_start, age_seconds, revision);
ALTER TABLE cohort_cells ADD COLUMN revision integer NOT NULL DEFAULT 0;
ALTER TABLE cohort_cells ADD CONSTRAINT cohort_cells_pk
    PRIMARY KEY (task_id, bucket_start, age_seconds, revision, model_version_id);
ALTER TABLE cohort_cells ADD CONSTRAINT cohort_cells_cohort_fk
    FOREIGN KEY (task_id, bucket_start, age_seconds, revision)
    REFERENCES cohorts (task_id, bucket_start, age_seconds, revision);
ALTER TABLE cohort_pair_cells ADD COLUMN revision integer NOT NULL DEFAULT 0;
ALTER TABLE cohort_pair_cells ADD CONSTRAINT cohort_pair_cells_pk
    PRIMARY KEY (
        task_id, bucket_start, age_seconds, revision, slice_id, first_version_id,
        second_version_id);
ALTER TABLE cohort_pair_cells ADD CONSTRAINT cohort_pair_cells_cohort_fk
    FOREIGN KEY (task_id, bucket_start, age_seconds, revision)
    REFERENCES cohorts (task_id, bucket_start, age_seconds, revision);

-- A recommendation reads the pairs over all slices alone.
CREATE INDEX cohort_pair_cells_of_all ON cohort_pair_cells (task_id, bucket_start)
WHERE slice_id = 0;

-- Rows that came in time for entries which an answer had used before.
CREATE TABLE cohort_late_rows (
    bucket_start timestamptz NOT NULL,
    told_at timestamptz NOT NULL,
    age_seconds bigint NOT NULL,
    row_count bigint NOT NULL,
    task_id integer NOT NULL,
    CONSTRAINT cohort_late_rows_pk PRIMARY KEY (task_id, bucket_start, age_seconds, told_at),
    CONSTRAINT cohort_late_rows_task_fk FOREIGN KEY (task_id) REFERENCES tasks (task_id)
);

-- Each time evidence begins anew: revisions that were told by then are in force.
CREATE TABLE ledger_restatements (
    restated_at timestamptz NOT NULL,
    task_id integer NOT NULL,
    late_rows bigint NOT NULL,
    author text NOT NULL,
    note text NOT NULL,
    CONSTRAINT ledger_restatements_pk PRIMARY KEY (task_id, restated_at),
    CONSTRAINT ledger_restatements_task_fk FOREIGN KEY (task_id) REFERENCES tasks (task_id)
);

-- Whether the rows say themselves when they were known: those of no other upload are known before it came.
ALTER TABLE uploads ADD COLUMN is_backfill boolean NOT NULL DEFAULT false;
UPDATE uploads
SET is_backfill = true
WHERE hour_start IS NULL
    AND upload_id IN (
        SELECT told.upload_id
        FROM (
            SELECT upload_id, known_at FROM predictions
            UNION ALL SELECT upload_id, known_at FROM labels
            UNION ALL SELECT upload_id, known_at FROM orphan_labels
            UNION ALL SELECT upload_id, known_at FROM withdrawn_predictions
            UNION ALL SELECT upload_id, known_at FROM withdrawn_labels) AS told
        JOIN uploads AS own ON own.upload_id = told.upload_id AND told.known_at < own.known_at);
-- Rows that were in time for evidence which an answer had used before they came.
ALTER TABLE uploads ADD COLUMN after_use bigint NOT NULL DEFAULT 0;
