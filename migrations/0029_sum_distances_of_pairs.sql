-- How far apart the predictions of a pair are is summed too; cells of tasks with pairs are recomputed from the rows once.
ALTER TABLE tasks ALTER COLUMN cells_format SET DEFAULT 5;
UPDATE tasks
SET cells_format = 5
WHERE cells_format = 4
    AND task_id NOT IN (SELECT task_id FROM pair_keepers);
UPDATE task_settings
SET settings = settings || jsonb_build_object('cells_format', tasks.cells_format)
FROM tasks
WHERE tasks.task_id = task_settings.task_id;
