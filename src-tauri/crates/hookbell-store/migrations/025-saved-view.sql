-- Names for filters of events.
CREATE TABLE saved_view (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice: a window may still hold an old one
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    filter TEXT NOT NULL,             -- JSON
    place INTEGER NOT NULL            -- in the order of the person, from 0 on
);
