-- What insights need. The times equal the text columns, in milliseconds since 1970, so that SQLite can compare them;
-- null for years that it can't parse. None of these columns takes space in a row.
ALTER TABLE event ADD COLUMN received_ms INTEGER
    GENERATED ALWAYS AS (CAST(round(unixepoch(received_at, 'subsec') * 1000) AS INTEGER)) VIRTUAL;
ALTER TABLE event ADD COLUMN happened_ms INTEGER
    GENERATED ALWAYS AS (CAST(round(unixepoch(happened_at, 'subsec') * 1000) AS INTEGER)) VIRTUAL;
-- Nothing happens after it was reported, whatever a clock says.
ALTER TABLE event ADD COLUMN changed_ms INTEGER
    GENERATED ALWAYS AS (coalesce(min(happened_ms, received_ms), received_ms)) VIRTUAL;
ALTER TABLE event ADD COLUMN app_id TEXT GENERATED ALWAYS AS (details ->> '$.app.id') VIRTUAL;

-- State changes per app, newest last.
CREATE INDEX event_change ON event (app_id, webhook_id, kind, changed_ms, instance_id)
    WHERE kind IN ('version', 'build', 'upload') AND instance_id IS NOT NULL;
CREATE INDEX event_change_of ON event (instance_id)
    WHERE kind IN ('version', 'build', 'upload') AND instance_id IS NOT NULL;

-- How events arrived, per webhook.
CREATE INDEX event_pace ON event (webhook_id, received_ms, source, happened_ms);

ALTER TABLE arrival ADD COLUMN received_ms INTEGER
    GENERATED ALWAYS AS (CAST(round(unixepoch(received_at, 'subsec') * 1000) AS INTEGER)) VIRTUAL;
CREATE INDEX arrival_pace ON arrival (received_ms);
