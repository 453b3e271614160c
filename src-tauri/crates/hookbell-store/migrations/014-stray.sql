-- Webhooks of ours in App Store Connect that point to a former address.
CREATE TABLE stray (
    webhook_id TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    trouble TEXT,                     -- JSON; null if repointing was not tried
    at TEXT NOT NULL
) WITHOUT ROWID;
