-- Feedback items that share an issue each store all of it in their row, so that it survives when one of them is
-- deleted.
UPDATE issue SET (id, reference, url, title, progress, state, assignee, filed_ms, done_ms, notes) = (
    SELECT id, reference, url, title, progress, state, assignee, filed_ms, done_ms, notes FROM issue AS first
    WHERE first.feedback_id = issue.shared_with AND first.place = issue.place
)
WHERE shared_with IS NOT NULL;

ALTER TABLE issue DROP COLUMN shared_with;
