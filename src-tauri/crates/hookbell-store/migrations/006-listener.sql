-- The process that currently listens, if any.
CREATE TABLE listener (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    url TEXT NOT NULL,
    pid INTEGER NOT NULL,
    nonce TEXT NOT NULL,
    since TEXT NOT NULL
);
