-- The version that an issue belongs to, such as its milestone: once it is done, its feedback is fixed there.
ALTER TABLE issue ADD COLUMN version TEXT;

-- Issues that did not change since the last sweep have one too, so the next sweep looks far back again.
UPDATE tracker SET swept_ms = NULL, etag = NULL;

DROP TRIGGER issue_changed;
CREATE TRIGGER issue_changed AFTER UPDATE ON issue
WHEN new.id IS NOT old.id OR new.progress IS NOT old.progress OR new.state IS NOT old.state
  OR new.assignee IS NOT old.assignee OR new.title IS NOT old.title OR new.error IS NOT old.error
  OR new.version IS NOT old.version
BEGIN
    UPDATE feedback SET read = read WHERE id = new.feedback_id;
END;
