-- Rejected requests: never the request itself, only how often and why.
CREATE TABLE refusal (
    webhook_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    count INTEGER NOT NULL,
    last_at TEXT NOT NULL,
    PRIMARY KEY (webhook_id, reason)
) WITHOUT ROWID;
