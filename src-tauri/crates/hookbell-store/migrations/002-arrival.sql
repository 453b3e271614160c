-- The second and later arrivals of an event; the first is in the event's row, so that the usual insert writes nothing
-- here.
CREATE TABLE arrival (
    seq INTEGER NOT NULL,
    number INTEGER NOT NULL,          -- 2 for the second arrival
    received_at TEXT NOT NULL,
    source TEXT NOT NULL,
    other_body BLOB,                  -- only if it differs from the first body
    PRIMARY KEY (seq, number)
) WITHOUT ROWID;
