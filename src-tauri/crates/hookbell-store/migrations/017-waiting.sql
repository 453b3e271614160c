-- Deliveries acknowledged under load that aren't events yet: rows are read in order and removed as they become events.
-- Without load, nothing is ever written here.
CREATE TABLE waiting (
    number INTEGER PRIMARY KEY,       -- order of arrival
    webhook_id TEXT NOT NULL,
    received_at TEXT NOT NULL,        -- RFC 3339, UTC
    bytes BLOB NOT NULL               -- as received, byte for byte
);
