-- Pairs are kept of the models that were champion with each other model, and no more of any two: those grew
-- with the square of the number of models. Cohorts say what froze them, so that pairs can be added to them later.

-- The models whose pairs with every other model are summed in pair_cells and cohort_pair_cells.
CREATE TABLE pair_keepers (
    recorded_at timestamptz NOT NULL,
    -- Their rows were gone already when the model was recorded: pairs of time buckets that begin earlier are not
    -- known. NULL where all are.
    rows_from timestamptz,
    task_id integer NOT NULL,
    model_id integer NOT NULL,
    CONSTRAINT pair_keepers_pk PRIMARY KEY (task_id, model_id),
    CONSTRAINT pair_keepers_task_fk FOREIGN KEY (task_id) REFERENCES tasks (task_id),
    CONSTRAINT pair_keepers_model_fk FOREIGN KEY (model_id) REFERENCES models (model_id)
);

-- Whoever has been champion; in a task without roles the model of that name, else the one that was known first.
INSERT INTO pair_keepers (recorded_at, task_id, model_id)
SELECT DISTINCT models.recorded_at, models.task_id, models.model_id
FROM model_roles
JOIN models USING (model_id)
WHERE model_roles.role = 'champion';

INSERT INTO pair_keepers (recorded_at, task_id, model_id)
SELECT DISTINCT ON (task_id) recorded_at, task_id, model_id
FROM models
WHERE task_id NOT IN (SELECT task_id FROM pair_keepers)
ORDER BY task_id, name <> 'champion', recorded_at, model_id;

DELETE FROM pair_cells
WHERE NOT EXISTS (
    SELECT 1
    FROM model_versions
    JOIN pair_keepers USING (model_id)
    WHERE model_versions.model_version_id
        IN (pair_cells.first_version_id, pair_cells.second_version_id));

DELETE FROM cohort_pair_cells
WHERE NOT EXISTS (
    SELECT 1
    FROM model_versions
    JOIN pair_keepers USING (model_id)
    WHERE model_versions.model_version_id
        IN (cohort_pair_cells.first_version_id, cohort_pair_cells.second_version_id));

-- The settings by which a cohort was frozen.
ALTER TABLE cohorts ADD COLUMN settings_version integer;
UPDATE cohorts
SET settings_version = coalesce(
    (SELECT max(task_settings.settings_version)
    FROM task_settings
    WHERE task_settings.task_id = cohorts.task_id AND task_settings.recorded_at <= cohorts.frozen_at),
    1);
ALTER TABLE cohorts ALTER COLUMN settings_version SET NOT NULL;

-- Whether a cohort is evidence; one that is not is frozen again after a backfill. The last three of the four
-- numbers of its cells are labelled predictions and sums over them: without any, three bytes that are 0.
ALTER TABLE cohorts ADD COLUMN has_labels boolean;
UPDATE cohorts
SET has_labels = EXISTS (
    SELECT 1
    FROM cohort_cells
    WHERE cohort_cells.task_id = cohorts.task_id
        AND cohort_cells.bucket_start = cohorts.bucket_start
        AND cohort_cells.age_seconds = cohorts.age_seconds
        AND substr(cohort_cells.totals, octet_length(cohort_cells.totals) - 2) <> '\x000000');
ALTER TABLE cohorts ALTER COLUMN has_labels SET NOT NULL;
