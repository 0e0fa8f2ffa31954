-- Products are found in memory (src/search), by keys of which only the readings of Chinese characters are kept here: it
-- takes a dictionary to compute them.

ALTER TABLE products ADD COLUMN pinyin TEXT; -- null: not computed yet, which the server does when it opens the database
CREATE INDEX products_without_pinyin ON products (id) WHERE pinyin IS NULL;
DROP INDEX products_to_search;
ALTER TABLE products DROP COLUMN search;
