-- The matured cohort ledger: cells as of the end of the label horizon, frozen once, in event order.
-- Sequential tests read this and nothing else, so that later corrections cannot move their evidence.

CREATE TABLE cohorts (
    bucket_start timestamptz NOT NULL,
    matured_at timestamptz NOT NULL,
    frozen_at timestamptz NOT NULL DEFAULT now(),
    task_id integer NOT NULL,
    CONSTRAINT cohorts_pk PRIMARY KEY (task_id, bucket_start),
    CONSTRAINT cohorts_task_fk FOREIGN KEY (task_id) REFERENCES tasks (task_id)
);

CREATE TABLE cohort_cells (
    bucket_start timestamptz NOT NULL,
    task_id integer NOT NULL,
    model_version_id integer NOT NULL,
    totals bytea NOT NULL,
    losses bytea NOT NULL,
    CONSTRAINT cohort_cells_pk PRIMARY KEY (task_id, bucket_start, model_version_id),
    CONSTRAINT cohort_cells_cohort_fk
        FOREIGN KEY (task_id, bucket_start) REFERENCES cohorts (task_id, bucket_start)
);

CREATE TABLE cohort_pair_cells (
    bucket_start timestamptz NOT NULL,
    task_id integer NOT NULL,
    first_version_id integer NOT NULL,
    second_version_id integer NOT NULL,
    totals bytea NOT NULL,
    CONSTRAINT cohort_pair_cells_pk
        PRIMARY KEY (task_id, bucket_start, first_version_id, second_version_id),
    CONSTRAINT cohort_pair_cells_cohort_fk
        FOREIGN KEY (task_id, bucket_start) REFERENCES cohorts (task_id, bucket_start)
);

-- Labelled predictions of a baseline file, as one cohort a time bucket; a new file replaces the old.
CREATE TABLE baseline_cohorts (
    bucket_start timestamptz NOT NULL,
    task_id integer NOT NULL,
    totals bytea NOT NULL,
    losses bytea NOT NULL,
    CONSTRAINT baseline_cohorts_pk PRIMARY KEY (task_id, bucket_start),
    CONSTRAINT baseline_cohorts_task_fk FOREIGN KEY (task_id) REFERENCES tasks (task_id)
);
