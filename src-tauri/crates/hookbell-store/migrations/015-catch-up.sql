-- How far each webhook's delivery log has been read.
CREATE TABLE catch_up (
    webhook_id TEXT PRIMARY KEY,
    seen_until TEXT,                  -- the newest delivery seen, in App Store Connect's time
    read_at TEXT,                     -- when the log was last read to the end, in this computer's time
    fetched INTEGER NOT NULL,         -- events that the last check found
    gap_from TEXT,
    gap_to TEXT,
    trouble TEXT                      -- JSON; null if the last check succeeded
) WITHOUT ROWID;
