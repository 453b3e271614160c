-- Testers' submissions: one row each, whether reported by an event or read from App Store Connect later.
CREATE TABLE feedback (
    id TEXT PRIMARY KEY,              -- App Store Connect's
    kind TEXT NOT NULL,               -- screenshot or crash, as an event's kind
    account_id TEXT,
    app_id TEXT,
    app_name TEXT,
    build_id TEXT,
    version TEXT,
    build TEXT,
    sent_at TEXT NOT NULL,            -- RFC 3339, UTC
    sent_order INTEGER NOT NULL,      -- the same in microseconds, for sorting
    tester TEXT,
    comment TEXT,
    device TEXT,
    facts TEXT NOT NULL,              -- JSON, everything else that is known
    summary TEXT,                     -- of a crash, once its log is stored
    trouble TEXT,                     -- why it can no longer be read
    words TEXT NOT NULL,              -- in lowercase, what a search looks through
    read INTEGER NOT NULL,
    archived INTEGER NOT NULL DEFAULT 0
);

CREATE INDEX feedback_newest ON feedback (archived, sent_order DESC, id DESC);
CREATE INDEX feedback_unread ON feedback (sent_order DESC, id DESC) WHERE read = 0 AND archived = 0;

-- Feedback shares its read and archived states with the events that reported it.
CREATE INDEX event_of_feedback ON event (instance_id) WHERE kind IN ('screenshot', 'crash');

CREATE TRIGGER feedback_follows_event AFTER UPDATE OF read, archived ON event
WHEN new.kind IN ('screenshot', 'crash') AND (new.read <> old.read OR new.archived <> old.archived)
BEGIN
    UPDATE feedback SET read = new.read, archived = new.archived WHERE id = new.instance_id;
END;

CREATE TRIGGER event_follows_feedback AFTER UPDATE OF read, archived ON feedback
WHEN new.read <> old.read OR new.archived <> old.archived
BEGIN
    UPDATE event SET read = new.read, archived = new.archived
    WHERE kind IN ('screenshot', 'crash') AND instance_id = new.id
      AND (read <> new.read OR archived <> new.archived);
END;

-- The screenshots and the log of a feedback item, stored or still to be fetched.
CREATE TABLE feedback_file (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never reused: the window may still hold an old one
    feedback_id TEXT NOT NULL,
    role TEXT NOT NULL,               -- picture or log
    number INTEGER NOT NULL,
    state TEXT NOT NULL,              -- waiting, kept, refused, gone, tooLarge, notAnImage, cleared
    reason TEXT,
    tries INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER NOT NULL,         -- microseconds, when the next attempt is due
    name TEXT,                        -- in the feedback directory, chosen by us
    kind TEXT,
    width INTEGER,
    height INTEGER,
    bytes INTEGER,
    thumbnail TEXT,
    thumbnail_bytes INTEGER,
    UNIQUE (feedback_id, role, number)
);

CREATE INDEX feedback_file_waiting ON feedback_file (next_at) WHERE state = 'waiting';
CREATE INDEX feedback_file_kept ON feedback_file (feedback_id) WHERE state = 'kept';
