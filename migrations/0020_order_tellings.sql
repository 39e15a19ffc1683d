-- What stands of rows of the same time is decided by the order in which they were told, and no longer by their values.
-- Rows of an id in a partition are numbered through in that order; there may be many.
ALTER TABLE predictions ALTER COLUMN copy TYPE integer;
-- Cells of tasks in which something contradicts are recomputed from the rows once.
ALTER TABLE tasks ALTER COLUMN cells_format SET DEFAULT 3;
UPDATE tasks
SET cells_format = 3
WHERE cells_format = 2
    AND task_id NOT IN (SELECT task_id FROM uploads WHERE conflict > 0 OR corrected > 0);
UPDATE task_settings
SET settings = settings || jsonb_build_object('cells_format', tasks.cells_format)
FROM tasks
WHERE tasks.task_id = task_settings.task_id;
