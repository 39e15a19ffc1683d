-- Where the entity is the unit of evidence, cohorts are summed by group of entities as well; no bytes elsewhere.

-- Labelled predictions, losses and squared losses of each group. Tasks with this unit could not be created
-- before, so what was frozen lacks nothing.
ALTER TABLE cohort_cells ADD COLUMN entities bytea NOT NULL DEFAULT '';
ALTER TABLE cohort_cells ALTER COLUMN entities DROP DEFAULT;

-- Labelled pairs and gains of each group.
ALTER TABLE cohort_pair_cells ADD COLUMN entities bytea NOT NULL DEFAULT '';
ALTER TABLE cohort_pair_cells ALTER COLUMN entities DROP DEFAULT;

ALTER TABLE baseline_cohorts ADD COLUMN entities bytea NOT NULL DEFAULT '';
ALTER TABLE baseline_cohorts ALTER COLUMN entities DROP DEFAULT;
