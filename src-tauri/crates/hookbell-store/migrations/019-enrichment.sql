-- Events whose details are still to be read from App Store Connect, and when the next attempt is due.
CREATE TABLE enrichment (
    seq INTEGER PRIMARY KEY,
    tries INTEGER NOT NULL,           -- attempts begun
    begun_at INTEGER NOT NULL,        -- microseconds
    next_at INTEGER NOT NULL          -- microseconds
);

CREATE INDEX enrichment_next ON enrichment (next_at);

-- The last event checked for details to read. Events that already exist stay as they are.
CREATE TABLE enrichment_mark (seq INTEGER NOT NULL);
INSERT INTO enrichment_mark (seq) SELECT coalesce(max(seq), 0) FROM event;
