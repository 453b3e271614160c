-- Deleted items must not return from App Store Connect's log. Their bare ids stay for a while: no text, no time.
CREATE TABLE deleted_event (
    event_id TEXT NOT NULL,
    webhook_id TEXT NOT NULL,
    until_ms INTEGER NOT NULL,        -- milliseconds since 1970: forgotten after that
    PRIMARY KEY (event_id, webhook_id)
) WITHOUT ROWID;
CREATE INDEX deleted_event_until ON deleted_event (until_ms);

CREATE TABLE deleted_feedback (
    id TEXT PRIMARY KEY,
    until_ms INTEGER NOT NULL
) WITHOUT ROWID;

-- The highest number of a deleted event. Numbers are never reused: cursors and marks hold them.
CREATE TABLE event_floor (seq INTEGER NOT NULL);
INSERT INTO event_floor (seq) VALUES (0);

CREATE TRIGGER event_deleted AFTER DELETE ON event
BEGIN
    UPDATE event_floor SET seq = old.seq WHERE seq < old.seq;
    UPDATE unread SET count = count - 1 WHERE old.read = 0 AND old.archived = 0;
END;

-- Whether the database files may still contain traces of deleted data.
CREATE TABLE traces (due INTEGER NOT NULL);
INSERT INTO traces (due) VALUES (0);

-- Programs that know fewer migrations would reuse numbers and bring back deleted items.
UPDATE compatibility SET oldest_program = 23 WHERE oldest_program < 23;
