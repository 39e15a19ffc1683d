-- Partial aggregates: every upload appends what it adds, folding merges, and reports only read these.

-- upload_id 0 is the folded cell; chunk tells apart the deltas of one upload.
CREATE TABLE model_cells (
    bucket_start timestamptz NOT NULL,
    task_id integer NOT NULL,
    model_version_id integer NOT NULL,
    slice_id integer NOT NULL,
    upload_id integer NOT NULL,
    chunk integer NOT NULL,
    totals bytea NOT NULL,
    histogram bytea NOT NULL,
    CONSTRAINT model_cells_pk
        PRIMARY KEY (task_id, slice_id, bucket_start, model_version_id, upload_id, chunk)
);
ALTER TABLE model_cells ALTER COLUMN totals SET STORAGE PLAIN;
ALTER TABLE model_cells ALTER COLUMN histogram SET STORAGE EXTERNAL;

-- The first of a pair is the version whose model name and version sort first.
CREATE TABLE pair_cells (
    bucket_start timestamptz NOT NULL,
    task_id integer NOT NULL,
    first_version_id integer NOT NULL,
    second_version_id integer NOT NULL,
    slice_id integer NOT NULL,
    upload_id integer NOT NULL,
    chunk integer NOT NULL,
    totals bytea NOT NULL,
    CONSTRAINT pair_cells_pk PRIMARY KEY
        (task_id, slice_id, bucket_start, first_version_id, second_version_id, upload_id, chunk),
    CONSTRAINT pair_cells_different CHECK (first_version_id <> second_version_id)
);
ALTER TABLE pair_cells ALTER COLUMN totals SET STORAGE PLAIN;
