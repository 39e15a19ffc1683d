-- A name gets its number before the upload that brings it commits. It counts, and a question sees it, from
-- recorded_at on, which that upload's own transaction sets: what is refused or killed leaves nothing behind.
ALTER TABLE models ALTER COLUMN recorded_at DROP NOT NULL;
ALTER TABLE model_versions ADD COLUMN recorded_at timestamptz;
ALTER TABLE slices ADD COLUMN recorded_at timestamptz;
ALTER TABLE label_sources ADD COLUMN recorded_at timestamptz;

-- A model that has predictions has a cell, and cells stay. One without was left behind.
UPDATE models
SET recorded_at = NULL
WHERE model_id NOT IN (
        SELECT model_versions.model_id
        FROM model_versions
        WHERE model_versions.model_version_id IN (
            SELECT model_cells.model_version_id FROM model_cells WHERE model_cells.slice_id = 0))
    AND model_id NOT IN (SELECT model_roles.model_id FROM model_roles)
    AND model_id NOT IN (SELECT alarm_acknowledgements.model_id FROM alarm_acknowledgements);

UPDATE model_versions
SET recorded_at = models.recorded_at
FROM models
WHERE models.model_id = model_versions.model_id;

UPDATE slices
SET recorded_at = tasks.created_at
FROM tasks
WHERE tasks.task_id = slices.task_id;

UPDATE label_sources
SET recorded_at = tasks.created_at
FROM tasks
WHERE tasks.task_id = label_sources.task_id;
