-- The user's settings become one versioned document. It takes over the previous values.
INSERT INTO setting (key, value)
SELECT 'settings', json_patch('{"version":1}', json_group_object(
    CASE key WHEN 'port' THEN 'port' ELSE 'retention' END, json(value)))
FROM setting
WHERE key IN ('port', 'feedbackRetention') AND json_valid(value)
HAVING count(*) > 0
ON CONFLICT (key) DO NOTHING;
