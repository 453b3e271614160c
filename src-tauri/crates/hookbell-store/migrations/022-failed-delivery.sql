-- Deliveries that failed, as App Store Connect's log says. The log forgets after ten days; a year is kept here.
CREATE TABLE failed_delivery (
    webhook_id TEXT NOT NULL,         -- ours
    delivery_id TEXT NOT NULL,        -- App Store Connect's
    event_id TEXT,                    -- as in the body; null if the log has no body any more
    at_ms INTEGER NOT NULL,           -- milliseconds since 1970, in App Store Connect's time
    reason TEXT NOT NULL,             -- for a person
    PRIMARY KEY (webhook_id, delivery_id)
) WITHOUT ROWID;

CREATE INDEX failed_delivery_at ON failed_delivery (at_ms);

-- From when on the failures of a webhook are noted; null if they never were.
ALTER TABLE catch_up ADD COLUMN failures_since TEXT;
