-- Who uploaded: the names of the tokens, several where small writes shared an upload, none on the command line.

ALTER TABLE uploads ADD COLUMN token_names text[] NOT NULL DEFAULT '{}';
