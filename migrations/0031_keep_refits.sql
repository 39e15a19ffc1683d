-- What a model that is fitted anew for a week on the days before would have lost in that week, beside the model on the same
-- rows. It follows from the rows of the ledger's entries that it rests on, and is kept because it takes long to work out: by
-- a mark of these entries, so that what was made of others is never found in its place.
CREATE TABLE refits (
    mark uuid NOT NULL,
    task_id integer NOT NULL,
    fitted_rows integer NOT NULL,
    feature_count integer NOT NULL,
    CONSTRAINT refits_pk PRIMARY KEY (task_id, mark)
);

-- The days of the week that were judged; none where no model could be fitted. A date counts days since 1970-01-01.
CREATE TABLE refit_days (
    mark uuid NOT NULL,
    champion_loss float8 NOT NULL,
    retrained_loss float8 NOT NULL,
    task_id integer NOT NULL,
    local_date integer NOT NULL,
    row_count integer NOT NULL,
    CONSTRAINT refit_days_pk PRIMARY KEY (task_id, mark, local_date)
);
