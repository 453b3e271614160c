-- The last known state of App Store Connect, to show before asking again.
CREATE TABLE apple_list (
    account_id TEXT NOT NULL,
    app_id TEXT NOT NULL,             -- empty: the list of the account's apps; else the webhooks of this app
    value TEXT NOT NULL,              -- JSON; never a secret
    read_at TEXT NOT NULL,            -- RFC 3339, UTC
    PRIMARY KEY (account_id, app_id)
) WITHOUT ROWID;
