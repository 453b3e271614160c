-- While a rule is enabled, an event is announced only after the rules have decided about it. An event that arrives
-- while none is enabled doesn't wait.
ALTER TABLE event ADD COLUMN to_judge INTEGER NOT NULL DEFAULT 0;
ALTER TABLE event ADD COLUMN notice TEXT;                           -- JSON, what a rule sets for its notification
ALTER TABLE event ADD COLUMN urgent INTEGER NOT NULL DEFAULT 0;     -- shown even in quiet hours and pauses
CREATE INDEX event_to_judge ON event (seq) WHERE to_judge = 1;
CREATE INDEX event_urgent ON event (seq) WHERE urgent = 1 AND notified_at IS NULL;

ALTER TABLE rule ADD COLUMN trouble TEXT;                           -- why Hookbell turned it off
CREATE INDEX rule_enabled ON rule (enabled) WHERE enabled = 1;
ALTER TABLE run ADD COLUMN lane TEXT NOT NULL DEFAULT '';          -- the place it uses: few runs share one at a time
CREATE INDEX run_failed ON run (rule_id) WHERE state IN ('failed', 'givenUp');

-- Counts changes, so that every process can cheaply detect them.
CREATE TABLE rule_changes (rules INTEGER NOT NULL, runs INTEGER NOT NULL);
INSERT INTO rule_changes (rules, runs) VALUES (0, 0);
CREATE TRIGGER rule_added AFTER INSERT ON rule BEGIN UPDATE rule_changes SET rules = rules + 1; END;
CREATE TRIGGER rule_changed AFTER UPDATE ON rule BEGIN UPDATE rule_changes SET rules = rules + 1; END;
CREATE TRIGGER rule_deleted AFTER DELETE ON rule BEGIN UPDATE rule_changes SET rules = rules + 1; END;
CREATE TRIGGER run_added AFTER INSERT ON run BEGIN UPDATE rule_changes SET runs = runs + 1; END;
CREATE TRIGGER run_changed AFTER UPDATE ON run BEGIN UPDATE rule_changes SET runs = runs + 1; END;
CREATE TRIGGER run_deleted AFTER DELETE ON run BEGIN UPDATE rule_changes SET runs = runs + 1; END;
