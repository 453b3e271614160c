-- Rules in the order in which they are applied, and what they did.
CREATE TABLE rule (
    id INTEGER PRIMARY KEY AUTOINCREMENT,   -- never given again, so that no run is taken for another rule's
    position INTEGER NOT NULL,
    document TEXT NOT NULL,                 -- JSON
    enabled INTEGER NOT NULL,
    unreviewed INTEGER NOT NULL,            -- came from a file with a command in it, and nobody enabled it here
    changed_ms INTEGER NOT NULL
);

-- A run is written before it is done. It holds all that it needs, so that a rule that is changed or deleted
-- meanwhile changes nothing of it.
CREATE TABLE run (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    rule_id INTEGER,                        -- none of a run that somebody only tried
    rule_name TEXT NOT NULL,
    place INTEGER NOT NULL,                 -- which of the rule's actions
    action TEXT NOT NULL,                   -- JSON
    seq INTEGER NOT NULL,                   -- the event
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,              -- those begun
    written_ms INTEGER NOT NULL,
    due_ms INTEGER,                         -- when the next attempt begins; none once it ended
    ended_ms INTEGER,
    answer TEXT,                            -- what came back, or why it was not done, for a person
    hint TEXT,                              -- what to do about it
    output TEXT,                            -- what a command wrote
    UNIQUE (seq, rule_id, place)            -- tries have no rule, and so are never the same
);

CREATE INDEX run_due ON run (due_ms) WHERE due_ms IS NOT NULL;
CREATE INDEX run_of_rule ON run (rule_id, id);
