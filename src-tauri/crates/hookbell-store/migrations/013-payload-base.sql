-- Every address under which this data directory has ever been reached.
CREATE TABLE payload_base (
    base TEXT PRIMARY KEY,
    since TEXT NOT NULL
) WITHOUT ROWID;
