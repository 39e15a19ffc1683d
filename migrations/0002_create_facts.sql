-- Predictions and labels as they were told to us: append-only, keyed by 128 bits, partitioned by time.

-- One row per key and set of models that were uploaded together. Rows that compete for the same
-- (prediction id, model) stand side by side; which of them counts is decided when they are read.
CREATE TABLE predictions (
    known_at timestamptz NOT NULL,
    predicted_at timestamptz NOT NULL,
    model_set_id integer NOT NULL,
    slice_set_id integer NOT NULL,
    upload_id integer NOT NULL,
    part integer NOT NULL,
    copy smallint NOT NULL,
    key uuid NOT NULL,
    scores float8[] NOT NULL,
    prediction_id text NOT NULL,
    details text NOT NULL,
    CONSTRAINT predictions_pk PRIMARY KEY (key, model_set_id, part, copy)
) PARTITION BY LIST (part);

-- Every revision of every label whose prediction is known, in the partition of the prediction.
-- A null value withdraws.
CREATE TABLE labels (
    observed_at timestamptz NOT NULL,
    known_at timestamptz NOT NULL,
    value float8,
    label_source_id integer NOT NULL,
    upload_id integer NOT NULL,
    part integer NOT NULL,
    revision integer NOT NULL,
    key uuid NOT NULL,
    CONSTRAINT labels_pk PRIMARY KEY (key, part, revision),
    CONSTRAINT labels_revision_positive CHECK (revision > 0)
) PARTITION BY LIST (part);

-- Labels whose prediction has not come yet; they move to labels in the transaction that brings it.
CREATE TABLE orphan_labels (
    observed_at timestamptz NOT NULL,
    known_at timestamptz NOT NULL,
    value float8,
    label_source_id integer NOT NULL,
    upload_id integer NOT NULL,
    task_id integer NOT NULL,
    revision integer NOT NULL,
    key uuid NOT NULL,
    prediction_id text NOT NULL,
    CONSTRAINT orphan_labels_pk PRIMARY KEY (key, revision),
    CONSTRAINT orphan_labels_revision_positive CHECK (revision > 0)
);
CREATE INDEX orphan_labels_task ON orphan_labels (task_id);

-- Keys that have predictions in more than one partition: rare, and looked for everywhere.
CREATE TABLE scattered_keys (
    task_id integer NOT NULL,
    key uuid NOT NULL,
    CONSTRAINT scattered_keys_pk PRIMARY KEY (key)
);
CREATE INDEX scattered_keys_task ON scattered_keys (task_id);
