-- The second and later arrivals of an event; the first is the event's own row, so that the usual
-- insert writes nothing here.
CREATE TABLE arrival (
    seq INTEGER NOT NULL,
    number INTEGER NOT NULL,          -- 2 for the second arrival
    received_at TEXT NOT NULL,
    source TEXT NOT NULL,
    other_body BLOB,                  -- only where it differs from the first body
    PRIMARY KEY (seq, number)
) WITHOUT ROWID;
