CREATE TABLE webhook (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    token TEXT UNIQUE,                -- the unguessable part of the payload URL; null once removed
    origin TEXT NOT NULL,
    created_at TEXT NOT NULL,
    removed_at TEXT                   -- a removed webhook keeps its row, so that its events keep its name
) WITHOUT ROWID;
