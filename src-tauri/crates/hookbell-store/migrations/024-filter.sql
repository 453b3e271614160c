-- Indexes for filtering lists. seq is the last part of every index, so each one is ordered by arrival within one value
-- and finds a value's newest events at once. Values that most events share, and unknown values, have no entry: an
-- insert writes as little as possible.
CREATE INDEX event_of_type ON event (type_name) WHERE type_name IS NOT NULL;
CREATE INDEX event_of_state ON event (to_state) WHERE to_state IS NOT NULL;
CREATE INDEX event_of_importance ON event (importance) WHERE importance <> 'info';
CREATE INDEX event_of_app ON event (app_id) WHERE app_id IS NOT NULL;
CREATE INDEX event_received ON event (received_ms);
