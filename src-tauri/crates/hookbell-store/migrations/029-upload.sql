-- Builds on their way to App Store Connect. A row records each action before it is taken, so that a killed process
-- leaves enough to continue. No address, query or token of App Store Connect is ever stored.
CREATE TABLE upload (
    id INTEGER PRIMARY KEY AUTOINCREMENT,   -- never reused
    account_id TEXT,                        -- null: the key of the command line
    app_id TEXT NOT NULL,
    bundle_id TEXT NOT NULL,
    version TEXT NOT NULL,
    number TEXT NOT NULL,
    platform TEXT NOT NULL,                 -- App Store Connect's constant
    uti TEXT NOT NULL,
    file_name TEXT NOT NULL,
    path TEXT NOT NULL,
    size INTEGER NOT NULL,                  -- in bytes
    identity TEXT NOT NULL,                 -- the file's identity, compared as text
    uses_encryption INTEGER,                -- the file's own answer
    stage TEXT NOT NULL,
    paused INTEGER NOT NULL DEFAULT 0,
    cancel INTEGER NOT NULL DEFAULT 0,      -- a person canceled it; the process working on it acts on that
    asc_id TEXT,                            -- buildUploads
    file_id TEXT,                           -- buildUploadFiles
    abandoned TEXT,                         -- a former asc_id, still to be deleted in App Store Connect
    part_count INTEGER,
    build_id TEXT,
    told_seq INTEGER,                       -- the event that reported the end of processing
    waits TEXT,                             -- JSON: why it doesn't progress
    failure TEXT,                           -- JSON
    warnings TEXT,                          -- JSON
    written_ms INTEGER NOT NULL,
    reserved_ms INTEGER,                    -- when a reservation was first requested, perhaps without an answer
    committed_ms INTEGER,
    ended_ms INTEGER
);

CREATE UNIQUE INDEX upload_open ON upload (app_id, platform, version, number) WHERE ended_ms IS NULL;
-- Events find an upload by this id, and no two rows can claim the same reservation.
CREATE UNIQUE INDEX upload_of_asc_id ON upload (asc_id) WHERE asc_id IS NOT NULL;

-- The parts that App Store Connect's storage confirmed with the checksum of the sent data.
CREATE TABLE upload_part (
    upload_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    offset INTEGER NOT NULL,
    length INTEGER NOT NULL,
    md5 BLOB NOT NULL,
    PRIMARY KEY (upload_id, number)
) WITHOUT ROWID;
