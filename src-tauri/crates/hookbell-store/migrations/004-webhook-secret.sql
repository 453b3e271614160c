-- A webhook's secrets. The secrets themselves are in the keychain, under these numbers.
CREATE TABLE webhook_secret (
    webhook_id TEXT NOT NULL,
    generation INTEGER NOT NULL,
    valid_until TEXT,                 -- null: the current one
    PRIMARY KEY (webhook_id, generation)
) WITHOUT ROWID;
