-- Rules in the order they apply, and their runs.
CREATE TABLE rule (
    id INTEGER PRIMARY KEY AUTOINCREMENT,   -- never reused, so that no run is attributed to another rule
    position INTEGER NOT NULL,
    document TEXT NOT NULL,                 -- JSON
    enabled INTEGER NOT NULL,
    unreviewed INTEGER NOT NULL,            -- imported from a file with a command in it, and not enabled here yet
    changed_ms INTEGER NOT NULL
);

-- A run is stored before it is performed. It has everything it needs, so that changing or deleting its rule doesn't
-- affect it.
CREATE TABLE run (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    rule_id INTEGER,                        -- null if somebody just tried a rule
    rule_name TEXT NOT NULL,
    place INTEGER NOT NULL,                 -- which of the rule's actions
    action TEXT NOT NULL,                   -- JSON
    seq INTEGER NOT NULL,                   -- the event
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,              -- attempts begun
    written_ms INTEGER NOT NULL,
    due_ms INTEGER,                         -- when the next attempt is due; null once it ended
    ended_ms INTEGER,
    answer TEXT,                            -- the response, or why it was not done, for people
    hint TEXT,                              -- what to do about it
    output TEXT,                            -- a command's output
    UNIQUE (seq, rule_id, place)            -- tried runs have no rule, so they never conflict
);

CREATE INDEX run_due ON run (due_ms) WHERE due_ms IS NOT NULL;
CREATE INDEX run_of_rule ON run (rule_id, id);
