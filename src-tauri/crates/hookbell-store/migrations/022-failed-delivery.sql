-- Failed deliveries from App Store Connect's log. The log drops them after ten days; here they are kept for a year.
CREATE TABLE failed_delivery (
    webhook_id TEXT NOT NULL,         -- ours
    delivery_id TEXT NOT NULL,        -- App Store Connect's
    event_id TEXT,                    -- as in the body; null if the log no longer has the body
    at_ms INTEGER NOT NULL,           -- milliseconds since 1970, in App Store Connect's time
    reason TEXT NOT NULL,             -- for people
    PRIMARY KEY (webhook_id, delivery_id)
) WITHOUT ROWID;

CREATE INDEX failed_delivery_at ON failed_delivery (at_ms);

-- Since when a webhook's failures are recorded; null if they never were.
ALTER TABLE catch_up ADD COLUMN failures_since TEXT;
