-- A task may predict a direction.
ALTER TABLE tasks DROP CONSTRAINT tasks_kind_known;
ALTER TABLE tasks
ADD CONSTRAINT tasks_kind_known CHECK (kind IN ('binary', 'multiclass', 'regression', 'angle'));
