-- Who told the same thing in several ways: counted like cells for each time bucket, and by the uploads that did.

-- upload_id 0 is the folded count; chunk tells apart the deltas of one upload. Rows are there only where something
-- contradicts.
CREATE TABLE contradiction_cells (
    bucket_start timestamptz NOT NULL,
    upload_id bigint NOT NULL,
    scores bigint NOT NULL,
    labels bigint NOT NULL,
    task_id integer NOT NULL,
    chunk integer NOT NULL,
    CONSTRAINT contradiction_cells_pk PRIMARY KEY (task_id, bucket_start, upload_id, chunk)
);

-- How many rows of an upload contradict another one, and from when to when the predictions are that they are about.
CREATE TABLE upload_contradictions (
    upload_id bigint NOT NULL,
    against_upload_id bigint NOT NULL,
    row_count bigint NOT NULL,
    first_predicted_at timestamptz NOT NULL,
    last_predicted_at timestamptz NOT NULL,
    task_id integer NOT NULL,
    CONSTRAINT upload_contradictions_pk PRIMARY KEY (upload_id, against_upload_id),
    CONSTRAINT upload_contradictions_upload_fk FOREIGN KEY (upload_id) REFERENCES uploads (upload_id),
    CONSTRAINT upload_contradictions_rows_positive CHECK (row_count > 0)
);
CREATE INDEX upload_contradictions_task ON upload_contradictions (task_id);

-- Cells of tasks in which something contradicts are recomputed from the rows once.
ALTER TABLE tasks ALTER COLUMN cells_format SET DEFAULT 4;
UPDATE tasks
SET cells_format = 4
WHERE cells_format = 3
    AND task_id NOT IN (SELECT task_id FROM uploads WHERE conflict > 0 OR corrected > 0);
UPDATE task_settings
SET settings = settings || jsonb_build_object('cells_format', tasks.cells_format)
FROM tasks
WHERE tasks.task_id = task_settings.task_id;
