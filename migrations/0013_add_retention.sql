-- Rows need not be kept for ever: a task may let go of its oldest table partitions, while its cells and cohorts stay.

-- NULL keeps rows for ever.
ALTER TABLE tasks ADD COLUMN retention_seconds bigint;
ALTER TABLE tasks ADD CONSTRAINT tasks_retention_positive CHECK (retention_seconds > 0);
UPDATE task_settings SET settings = settings || '{"retention_seconds": null}';

-- A partition that is released is not read any more for this task; its rows are removed somewhat later.
ALTER TABLE task_parts ADD COLUMN released_at timestamptz;
ALTER TABLE task_parts ADD COLUMN removed_at timestamptz;
-- The newest known_at of its rows: what they added to the cells has stayed the same since.
ALTER TABLE task_parts ADD COLUMN settled_at timestamptz;
