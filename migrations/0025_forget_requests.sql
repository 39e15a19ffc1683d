-- Requests whose rows were deleted for good. What they added to cells stays, with upload_id -1 and the chunk of the
-- deletion, and is folded into no other cell.

-- One row a time bucket and deletion; of labels that waited for a prediction the bucket is that of their observation. As
-- of an instant before known_from nothing was known of the requests; from
-- known_until on all counted that stays in the cells.
CREATE TABLE forgotten_requests (
    bucket_start timestamptz NOT NULL,
    known_from timestamptz NOT NULL,
    known_until timestamptz NOT NULL,
    forgotten_at timestamptz NOT NULL,
    request_count bigint NOT NULL,
    task_id integer NOT NULL,
    chunk integer NOT NULL,
    is_orphan boolean NOT NULL,
    CONSTRAINT forgotten_requests_pk PRIMARY KEY (task_id, bucket_start, chunk, is_orphan),
    CONSTRAINT forgotten_requests_counted CHECK (request_count > 0)
);
