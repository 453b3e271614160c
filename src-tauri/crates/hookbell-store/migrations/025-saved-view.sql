-- Named event filters.
CREATE TABLE saved_view (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never reused: a window may still hold an old one
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    filter TEXT NOT NULL,             -- JSON
    place INTEGER NOT NULL            -- in the user's order, from 0
);
