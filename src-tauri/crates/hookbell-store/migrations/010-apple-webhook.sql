-- Which of our webhooks stand in App Store Connect, and as what.
CREATE TABLE apple_webhook (
    webhook_id TEXT PRIMARY KEY,
    account_id TEXT,                  -- null where the key was given to a command and is not kept
    app_id TEXT NOT NULL,
    apple_id TEXT UNIQUE              -- null until App Store Connect has said under which id it made it
) WITHOUT ROWID;

-- Programs that know fewer migrations can't read the origin 'account'.
UPDATE compatibility SET oldest_program = 10 WHERE oldest_program < 10;
