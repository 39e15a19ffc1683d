-- Cohorts are frozen at several ages, with the scores by class, by slice, and with what tests need beyond sums.
-- What was frozen before lacks these, and is frozen again at the next look: a cohort depends only on what had
-- become known by its age.

DELETE FROM cohort_pair_cells;
DELETE FROM cohort_cells;
DELETE FROM cohorts;

ALTER TABLE cohort_pair_cells DROP CONSTRAINT cohort_pair_cells_cohort_fk;
ALTER TABLE cohort_pair_cells DROP CONSTRAINT cohort_pair_cells_pk;
ALTER TABLE cohort_cells DROP CONSTRAINT cohort_cells_cohort_fk;
ALTER TABLE cohort_cells DROP CONSTRAINT cohort_cells_pk;
ALTER TABLE cohorts DROP CONSTRAINT cohorts_pk;

-- Seconds after the end of the time bucket; the largest is the label horizon, at which a cohort is mature.
ALTER TABLE cohorts ADD COLUMN age_seconds bigint NOT NULL;
ALTER TABLE cohorts ADD CONSTRAINT cohorts_pk PRIMARY KEY (task_id, bucket_start, age_seconds);

ALTER TABLE cohort_cells ADD COLUMN age_seconds bigint NOT NULL;
ALTER TABLE cohort_cells ADD COLUMN scores bytea NOT NULL;
ALTER TABLE cohort_cells ADD CONSTRAINT cohort_cells_pk
    PRIMARY KEY (task_id, bucket_start, age_seconds, model_version_id);
ALTER TABLE cohort_cells ADD CONSTRAINT cohort_cells_cohort_fk
    FOREIGN KEY (task_id, bucket_start, age_seconds)
    REFERENCES cohorts (task_id, bucket_start, age_seconds);

-- Slice 0 is all; evidence is kept for it alone.
ALTER TABLE cohort_pair_cells ADD COLUMN age_seconds bigint NOT NULL;
ALTER TABLE cohort_pair_cells ADD COLUMN slice_id integer NOT NULL;
ALTER TABLE cohort_pair_cells ADD COLUMN evidence bytea NOT NULL;
ALTER TABLE cohort_pair_cells ADD CONSTRAINT cohort_pair_cells_pk
    PRIMARY KEY (task_id, bucket_start, age_seconds, slice_id, first_version_id, second_version_id);
ALTER TABLE cohort_pair_cells ADD CONSTRAINT cohort_pair_cells_cohort_fk
    FOREIGN KEY (task_id, bucket_start, age_seconds)
    REFERENCES cohorts (task_id, bucket_start, age_seconds);

-- Those of a file that was taken in before have no scores: an empty histogram.
ALTER TABLE baseline_cohorts ADD COLUMN scores bytea NOT NULL DEFAULT '';
ALTER TABLE baseline_cohorts ALTER COLUMN scores DROP DEFAULT;
