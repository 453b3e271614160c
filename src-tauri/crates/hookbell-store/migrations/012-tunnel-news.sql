-- What happened to the tunnel and what was fixed; the newest 200.
CREATE TABLE tunnel_news (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    sentence TEXT NOT NULL,
    count INTEGER NOT NULL
);
