-- App Store Connect accounts. The private keys are in the keychain.
CREATE TABLE account (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    key_id TEXT NOT NULL,
    issuer_id TEXT,                   -- null for an individual key
    base_url TEXT NOT NULL,           -- the address of its API
    created_at TEXT NOT NULL          -- RFC 3339, UTC
) WITHOUT ROWID;
