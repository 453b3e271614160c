-- Places where issues of feedback are made. Their tokens are in the keychain.
CREATE TABLE tracker (
    id INTEGER PRIMARY KEY AUTOINCREMENT,   -- never given again: the keychain's entry has it in its name
    place TEXT NOT NULL UNIQUE,             -- service, address and place: the same again is the same tracker
    document TEXT NOT NULL,                 -- JSON
    trouble TEXT,                           -- JSON: why nothing can be done there until a person changes something
    swept_ms INTEGER,                       -- the time from which on changes of its issues are to be read
    etag TEXT                               -- of the last sweep over the same time
);

-- The issue of a feedback in a place. The row is written before the first try, so that no try is forgotten. It stays
-- when its tracker is removed: whoever adds the place again makes no second issue.
CREATE TABLE issue (
    feedback_id TEXT NOT NULL,
    place TEXT NOT NULL,
    shared_with TEXT,                       -- the feedback whose issue it is, where several have one
    began_ms INTEGER,                       -- when the try began that is being made, or that was killed
    unsure_from_ms INTEGER,                 -- when the first of the tries began that may have made it,
    unsure_to_ms INTEGER,                   -- and when the last of them ended
    id TEXT,                                -- the service's; none while no issue is known
    reference TEXT,                         -- what people call it
    url TEXT,
    title TEXT,
    progress TEXT,
    state TEXT,                             -- in the service's own word
    assignee TEXT,
    filed_ms INTEGER,
    done_ms INTEGER,
    notes TEXT,                             -- JSON: what it lacks
    error TEXT,                             -- JSON: why the last try failed
    PRIMARY KEY (feedback_id, place)
) WITHOUT ROWID;

CREATE INDEX issue_of_place ON issue (place, id);

-- A feedback shows its issue, so whoever follows feedback hears of it.
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
