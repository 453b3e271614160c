-- Events whose details are still to be read from App Store Connect, and when it is tried next.
CREATE TABLE enrichment (
    seq INTEGER PRIMARY KEY,
    tries INTEGER NOT NULL,           -- those begun
    begun_at INTEGER NOT NULL,        -- microseconds
    next_at INTEGER NOT NULL          -- microseconds
);

CREATE INDEX enrichment_next ON enrichment (next_at);

-- Up to which event it was looked whether there is anything to read. What is here already stays as it is.
CREATE TABLE enrichment_mark (seq INTEGER NOT NULL);
INSERT INTO enrichment_mark (seq) SELECT coalesce(max(seq), 0) FROM event;
