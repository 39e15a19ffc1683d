-- A regression model's risk is held against that of a constant forecast, which takes the labels of a cohort beside the
-- losses. Cohorts of before have none, and are watched in themselves alone.

ALTER TABLE cohort_cells ADD COLUMN labels bytea NOT NULL DEFAULT '';
ALTER TABLE cohort_cells ALTER COLUMN labels DROP DEFAULT;
-- Slice by slice what the watch needs.
ALTER TABLE cohort_cells ADD COLUMN slices bytea NOT NULL DEFAULT '';
ALTER TABLE cohort_cells ALTER COLUMN slices DROP DEFAULT;
ALTER TABLE baseline_cohorts ADD COLUMN labels bytea NOT NULL DEFAULT '';
ALTER TABLE baseline_cohorts ALTER COLUMN labels DROP DEFAULT;
