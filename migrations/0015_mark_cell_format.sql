-- Sums of regression tasks are exact and have no unit any more; cells written before are recomputed from the rows once.
ALTER TABLE tasks ADD COLUMN cells_format smallint NOT NULL DEFAULT 2;
UPDATE tasks SET cells_format = 1 WHERE kind = 'regression';
UPDATE task_settings
SET settings = settings || jsonb_build_object('cells_format', tasks.cells_format)
FROM tasks
WHERE tasks.task_id = task_settings.task_id;
