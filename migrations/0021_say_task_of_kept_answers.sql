-- An answer that is kept for a request sent again goes with the task that it is about. NULL for those that were kept
-- before, which go within a day.
ALTER TABLE kept_answers ADD COLUMN task_id integer
    CONSTRAINT kept_answers_task_fk REFERENCES tasks (task_id);
