-- Groups of small writes count uploads up by a hundred a second: 32 bits would last eight months.

-- Every table is written anew once, and locked meanwhile; docs/operating.md says for how long.
ALTER TABLE uploads ALTER COLUMN upload_id TYPE bigint;
ALTER TABLE rejects ALTER COLUMN upload_id TYPE bigint;
ALTER TABLE model_cells ALTER COLUMN upload_id TYPE bigint;
ALTER TABLE pair_cells ALTER COLUMN upload_id TYPE bigint;
ALTER TABLE predictions ALTER COLUMN upload_id TYPE bigint;
ALTER TABLE labels ALTER COLUMN upload_id TYPE bigint;
ALTER TABLE orphan_labels ALTER COLUMN upload_id TYPE bigint;
