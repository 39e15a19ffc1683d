-- Entities are the unit of evidence as soon as they are seen to come back, where the task does not say.
ALTER TABLE tasks DROP CONSTRAINT tasks_evidence_unit_known;
ALTER TABLE tasks ADD CONSTRAINT tasks_evidence_unit_known CHECK (evidence_unit IN ('auto', 'day', 'entity'));
