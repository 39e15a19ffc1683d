-- Evidence is fixed by the first answer that uses it, and not by being frozen: what nobody has used can be frozen again
-- when an upload is taken back.

-- The newest present of which a decision was asked: cohorts that had matured by then have been used. NULL where nobody
-- has asked. Of tasks from before nobody knows, and all counts as used.
ALTER TABLE task_gates ADD COLUMN decided_at timestamptz;
UPDATE task_gates SET decided_at = last_instant;

-- Whether a cohort can never be frozen again: it has labels, or has lost rows after it was used.
ALTER TABLE cohorts RENAME COLUMN has_labels TO is_fixed;
