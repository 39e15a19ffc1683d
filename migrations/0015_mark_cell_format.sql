-- Sums of regression tasks are exact and have no unit any more; cells written before are recomputed from the rows once.
ALTER TABLE tasks ADD COLUMN cells_format smallint NOT NULL DEFAULT 2;
UPDATE tasks SET cells_format = 1 WHERE kind = 'regression';
