-- How builds get to their testers: plans, their progress, and what is remembered for the next build.
CREATE TABLE distribution (
    id INTEGER PRIMARY KEY AUTOINCREMENT,   -- never reused
    app_id TEXT NOT NULL,
    account_id TEXT,                        -- null: the key of the command line
    upload_id INTEGER,                      -- this, build_id or both
    build_id TEXT,
    plan TEXT NOT NULL,                     -- JSON
    planned_by TEXT NOT NULL,               -- JSON
    state TEXT NOT NULL,
    due_ms INTEGER,                         -- when it is checked next; null during a check and once it ended
    attempts INTEGER NOT NULL DEFAULT 0,
    written_ms INTEGER NOT NULL,
    ended_ms INTEGER
);

CREATE UNIQUE INDEX distribution_of_build ON distribution (build_id) WHERE ended_ms IS NULL AND build_id IS NOT NULL;
CREATE UNIQUE INDEX distribution_of_upload ON distribution (upload_id)
    WHERE ended_ms IS NULL AND upload_id IS NOT NULL;
CREATE INDEX distribution_due ON distribution (due_ms) WHERE due_ms IS NOT NULL;

CREATE TABLE distribution_step (
    distribution_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    message TEXT NOT NULL,
    hint TEXT,
    choices TEXT NOT NULL,                  -- JSON
    at_ms INTEGER NOT NULL,                 -- when it reached this state
    PRIMARY KEY (distribution_id, name)
) WITHOUT ROWID;

-- A person's answer about encryption, remembered for all builds of an app.
CREATE TABLE app_compliance (
    app_id TEXT PRIMARY KEY,
    uses_encryption INTEGER NOT NULL,
    at_ms INTEGER NOT NULL
);

-- Builds as of their last read, for showing. Removed with their account.
CREATE TABLE known_build (
    build_id TEXT PRIMARY KEY,
    app_id TEXT NOT NULL,
    account_id TEXT,
    uploaded_ms INTEGER,
    document TEXT NOT NULL,                 -- JSON
    read_ms INTEGER NOT NULL
);

CREATE INDEX known_build_of_app ON known_build (app_id, uploaded_ms);
