-- A replay is about an instant before its task was created; every answer of one is kept, not only the first.

ALTER TABLE recommendations ADD COLUMN answer_digest bytea;
UPDATE recommendations SET answer_digest = sha256(convert_to(answer, 'UTF8'));
ALTER TABLE recommendations ALTER COLUMN answer_digest SET NOT NULL;
ALTER TABLE recommendations ADD CONSTRAINT recommendations_answer_digest_length
    CHECK (octet_length(answer_digest) = 32);

-- Until now every question about the past was called one, also where it was answered with what was in force then.
UPDATE recommendations
SET is_replay = recommendations.as_of < tasks.created_at
FROM tasks
WHERE tasks.task_id = recommendations.task_id;

ALTER TABLE recommendations DROP CONSTRAINT recommendations_question_unique;
CREATE UNIQUE INDEX recommendations_question_unique
    ON recommendations (task_id, as_of, options_digest) WHERE NOT is_replay;
CREATE UNIQUE INDEX recommendations_replay_unique
    ON recommendations (task_id, as_of, options_digest, answer_digest) WHERE is_replay;
