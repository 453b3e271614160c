-- Which of our webhooks exist in App Store Connect, and their ids there.
CREATE TABLE apple_webhook (
    webhook_id TEXT PRIMARY KEY,
    account_id TEXT,                  -- null if the key was given to a command and isn't stored
    app_id TEXT NOT NULL,
    apple_id TEXT UNIQUE              -- null until App Store Connect has returned its id
) WITHOUT ROWID;

-- Programs that know fewer migrations can't read the origin 'account'.
UPDATE compatibility SET oldest_program = 10 WHERE oldest_program < 10;
