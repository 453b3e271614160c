-- Builds on their way to App Store Connect. A row says what is about to be done before it is done, so that a killed
-- process leaves enough to go on with. No address, query or token of App Store Connect is ever in a row.
CREATE TABLE upload (
    id INTEGER PRIMARY KEY AUTOINCREMENT,   -- never given again
    account_id TEXT,                        -- none: the key of the command line
    app_id TEXT NOT NULL,
    bundle_id TEXT NOT NULL,
    version TEXT NOT NULL,
    number TEXT NOT NULL,
    platform TEXT NOT NULL,                 -- App Store Connect's constant
    uti TEXT NOT NULL,
    file_name TEXT NOT NULL,
    path TEXT NOT NULL,
    size INTEGER NOT NULL,                  -- in bytes
    identity TEXT NOT NULL,                 -- which file it was, compared as text
    uses_encryption INTEGER,                -- the file's own answer
    stage TEXT NOT NULL,
    paused INTEGER NOT NULL DEFAULT 0,
    cancel INTEGER NOT NULL DEFAULT 0,      -- a person wants it to end; whoever works on it does that
    asc_id TEXT,                            -- buildUploads
    file_id TEXT,                           -- buildUploadFiles
    abandoned TEXT,                         -- a former asc_id that is still to be deleted at App Store Connect
    part_count INTEGER,
    build_id TEXT,
    told_seq INTEGER,                       -- the event that told how processing ended
    waits TEXT,                             -- JSON: why nothing moves
    failure TEXT,                           -- JSON
    warnings TEXT,                          -- JSON
    written_ms INTEGER NOT NULL,
    reserved_ms INTEGER,                    -- when it was first announced; perhaps no answer came
    committed_ms INTEGER,
    ended_ms INTEGER
);

CREATE UNIQUE INDEX upload_open ON upload (app_id, platform, version, number) WHERE ended_ms IS NULL;
-- Events find it by this, and no two rows take one reservation for theirs.
CREATE UNIQUE INDEX upload_of_asc_id ON upload (asc_id) WHERE asc_id IS NOT NULL;

-- The parts that App Store Connect's storage confirmed with the checksum of what was sent.
CREATE TABLE upload_part (
    upload_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    offset INTEGER NOT NULL,
    length INTEGER NOT NULL,
    md5 BLOB NOT NULL,
    PRIMARY KEY (upload_id, number)
) WITHOUT ROWID;
