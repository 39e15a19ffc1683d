-- The least share of the recent predictions that must have a label for a verdict.
ALTER TABLE tasks ADD COLUMN minimum_coverage double precision NOT NULL DEFAULT 0.5;
ALTER TABLE tasks ALTER COLUMN minimum_coverage DROP DEFAULT;
ALTER TABLE tasks
ADD CONSTRAINT tasks_minimum_coverage_share CHECK (minimum_coverage BETWEEN 0 AND 1);
UPDATE task_settings SET settings = settings || '{"minimum_coverage": 0.5}';
