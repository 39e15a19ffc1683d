-- The last instant that the gate gave, or that an answer was given as of: later writers know later, whatever the
-- clock does.
ALTER TABLE task_gates ADD COLUMN last_instant timestamptz;
UPDATE task_gates
SET last_instant = greatest(
    (SELECT created_at FROM tasks WHERE tasks.task_id = task_gates.task_id),
    (SELECT max(recorded_at) FROM task_settings WHERE task_settings.task_id = task_gates.task_id),
    (SELECT max(greatest(known_at, last_known_at)) FROM uploads WHERE uploads.task_id = task_gates.task_id),
    (SELECT max(frozen_at) FROM cohorts WHERE cohorts.task_id = task_gates.task_id),
    (SELECT max(as_of) FROM recommendations WHERE recommendations.task_id = task_gates.task_id),
    (
        SELECT max(acknowledged_at)
        FROM alarm_acknowledgements
        WHERE alarm_acknowledgements.task_id = task_gates.task_id
    ),
    (
        SELECT max(model_roles.recorded_at)
        FROM model_roles
        JOIN models USING (model_id)
        WHERE models.task_id = task_gates.task_id
    ));
ALTER TABLE task_gates ALTER COLUMN last_instant SET NOT NULL;

-- Whoever writes says when: there is one clock, and it is not asked here.
ALTER TABLE tasks ALTER COLUMN created_at DROP DEFAULT;
ALTER TABLE cohorts ALTER COLUMN frozen_at DROP DEFAULT;
ALTER TABLE recommendations ALTER COLUMN asked_at DROP DEFAULT;
ALTER TABLE gnomon_migrations ALTER COLUMN applied_at DROP DEFAULT;
