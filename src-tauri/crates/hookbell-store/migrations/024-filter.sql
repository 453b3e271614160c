-- What a list can be filtered by. Each index goes by the order of arrival within one value, as seq is the last part of
-- every index, so the newest events of a value are found at once. What most events have, or what is not known yet, has
-- no entry: an insert writes as little as possible.
CREATE INDEX event_of_type ON event (type_name) WHERE type_name IS NOT NULL;
CREATE INDEX event_of_state ON event (to_state) WHERE to_state IS NOT NULL;
CREATE INDEX event_of_importance ON event (importance) WHERE importance <> 'info';
CREATE INDEX event_of_app ON event (app_id) WHERE app_id IS NOT NULL;
CREATE INDEX event_received ON event (received_ms);
