-- Places where issues for feedback are filed. Their tokens are in the keychain.
CREATE TABLE tracker (
    id INTEGER PRIMARY KEY AUTOINCREMENT,   -- never reused: the keychain entry's name contains it
    place TEXT NOT NULL UNIQUE,             -- service, address and place, identifying the tracker
    document TEXT NOT NULL,                 -- JSON
    trouble TEXT,                           -- JSON: why nothing works there until a person changes something
    swept_ms INTEGER,                       -- changes of its issues are read from this time on
    etag TEXT                               -- of the last sweep over the same period
);

-- The issue of a feedback item in a place. The row is written before the first attempt, so that no attempt is
-- forgotten. It stays when its tracker is removed, so that adding the place again doesn't create a second issue.
CREATE TABLE issue (
    feedback_id TEXT NOT NULL,
    place TEXT NOT NULL,
    shared_with TEXT,                       -- the feedback that owns the issue, if several share it
    began_ms INTEGER,                       -- when the current or killed attempt began
    unsure_from_ms INTEGER,                 -- start of the first attempt that may have created it,
    unsure_to_ms INTEGER,                   -- and end of the last one
    id TEXT,                                -- the service's; null while no issue is known
    reference TEXT,                         -- what people call it
    url TEXT,
    title TEXT,
    progress TEXT,
    state TEXT,                             -- in the service's words
    assignee TEXT,
    filed_ms INTEGER,
    done_ms INTEGER,
    notes TEXT,                             -- JSON: what it lacks
    error TEXT,                             -- JSON: why the last attempt failed
    PRIMARY KEY (feedback_id, place)
) WITHOUT ROWID;

CREATE INDEX issue_of_place ON issue (place, id);

-- Feedback shows its issue, so its subscribers are notified.
CREATE TRIGGER feedback_has_issue AFTER INSERT ON issue
BEGIN
    UPDATE feedback SET read = read WHERE id = new.feedback_id;
END;

CREATE TRIGGER issue_changed AFTER UPDATE ON issue
WHEN new.id IS NOT old.id OR new.progress IS NOT old.progress OR new.state IS NOT old.state
  OR new.assignee IS NOT old.assignee OR new.title IS NOT old.title OR new.error IS NOT old.error
BEGIN
    UPDATE feedback SET read = read WHERE id = new.feedback_id;
END;

CREATE TRIGGER issue_goes_with_feedback AFTER DELETE ON feedback
BEGIN
    DELETE FROM issue WHERE feedback_id = old.id;
END;
