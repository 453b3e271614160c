-- The state of the listener's tunnel, for other processes.
CREATE TABLE tunnel_state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    nonce TEXT NOT NULL,              -- of the listener whose tunnel it is
    state TEXT NOT NULL               -- JSON
);
