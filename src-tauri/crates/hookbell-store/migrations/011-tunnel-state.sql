-- What the tunnel does in the process that listens, for the other processes to see.
CREATE TABLE tunnel_state (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    nonce TEXT NOT NULL,              -- of the listener whose tunnel it is
    state TEXT NOT NULL               -- JSON
);
