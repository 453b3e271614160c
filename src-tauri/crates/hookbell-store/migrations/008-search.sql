-- The words of every event up to a mark; later ones wait for an idle moment. The program prepares the words (lowercase,
-- split), so the plain ascii tokenizer only has to split at spaces. No positions: every query is a set of words. No
-- text either: a hit is shown from the event's row.
CREATE VIRTUAL TABLE event_search USING fts5 (
    words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii', prefix = '1 2 3 4'
);

-- Lists the indexed words in order, to complete prefixes.
CREATE VIRTUAL TABLE event_search_word USING fts5vocab (event_search, instance);

CREATE TABLE search_mark (seq INTEGER NOT NULL);
INSERT INTO search_mark (seq) VALUES (0);
