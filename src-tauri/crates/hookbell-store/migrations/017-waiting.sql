-- What was acknowledged under load and is not an event yet: the rows are read in order, and removed as
-- they become events. In quiet times nothing is ever written here.
CREATE TABLE waiting (
    number INTEGER PRIMARY KEY,       -- order of arrival
    webhook_id TEXT NOT NULL,
    received_at TEXT NOT NULL,        -- RFC 3339, UTC
    bytes BLOB NOT NULL               -- as received, byte for byte
);
