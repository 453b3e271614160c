-- Every address at which this data directory has been reachable.
CREATE TABLE payload_base (
    base TEXT PRIMARY KEY,
    since TEXT NOT NULL
) WITHOUT ROWID;
