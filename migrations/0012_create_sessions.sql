-- Logins of people: a browser keeps a secret that opens pages, and never the token with which it logged in.

CREATE TABLE sessions (
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    access_token_id integer NOT NULL,
    digest bytea NOT NULL,
    CONSTRAINT sessions_pk PRIMARY KEY (digest),
    CONSTRAINT sessions_token_fk
        FOREIGN KEY (access_token_id) REFERENCES access_tokens (access_token_id),
    CONSTRAINT sessions_digest_length CHECK (octet_length(digest) = 32)
);
CREATE INDEX sessions_token ON sessions (access_token_id, created_at);
