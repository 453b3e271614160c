-- Each event once. Its columns are a projection of its body, which has a separate table so that marking an event as
-- read doesn't rewrite up to 1 MiB.
CREATE TABLE event (
    seq INTEGER PRIMARY KEY,          -- order of arrival; rows are never deleted, so it has no gaps
    webhook_id TEXT NOT NULL,         -- no foreign key: events outlive their webhook
    event_id TEXT NOT NULL,
    type_name TEXT,
    instance_type TEXT,
    instance_id TEXT,
    from_state TEXT,
    to_state TEXT,
    happened_at TEXT,                 -- RFC 3339, UTC, to the nanosecond
    happened_at_text TEXT,            -- as the sender wrote it
    kind TEXT NOT NULL,
    importance TEXT NOT NULL,
    title TEXT NOT NULL,
    sentence TEXT NOT NULL,
    details TEXT,                     -- JSON, what enrichment found
    received_at TEXT NOT NULL,        -- RFC 3339, UTC
    source TEXT NOT NULL,             -- how it first arrived: delivered or fetched
    deliveries INTEGER NOT NULL DEFAULT 1,
    read INTEGER NOT NULL DEFAULT 0,
    archived INTEGER NOT NULL DEFAULT 0,
    notified_at TEXT
);

-- The event id comes first, so the index also finds events whose webhook is unknown.
CREATE UNIQUE INDEX event_identity ON event (event_id, webhook_id);
CREATE INDEX event_of_webhook ON event (webhook_id);
CREATE INDEX event_inbox ON event (seq) WHERE archived = 0;
CREATE INDEX event_archived ON event (seq) WHERE archived = 1;
CREATE INDEX event_unread ON event (seq) WHERE read = 0 AND archived = 0;
CREATE INDEX event_needs_you ON event (seq) WHERE importance = 'needsYou' AND archived = 0;
CREATE INDEX event_unnotified ON event (seq) WHERE notified_at IS NULL;

CREATE TABLE body (
    seq INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL               -- as received, byte for byte
);

-- The badge is read after every change, so its count is maintained rather than computed.
CREATE TABLE unread (count INTEGER NOT NULL);
INSERT INTO unread (count) VALUES (0);

CREATE TRIGGER event_unread_added AFTER INSERT ON event
WHEN new.read = 0 AND new.archived = 0
BEGIN
    UPDATE unread SET count = count + 1;
END;

CREATE TRIGGER event_unread_changed AFTER UPDATE OF read, archived ON event
WHEN (new.read = 0 AND new.archived = 0) <> (old.read = 0 AND old.archived = 0)
BEGIN
    UPDATE unread SET count = count + CASE WHEN new.read = 0 AND new.archived = 0 THEN 1 ELSE -1 END;
END;

-- The oldest program that may still open this database, as the number of migrations it knows. A migration that older
-- programs can't handle raises it.
CREATE TABLE compatibility (oldest_program INTEGER NOT NULL);
INSERT INTO compatibility (oldest_program) VALUES (1);
