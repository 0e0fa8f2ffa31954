-- Files that go along with an order: the customer's own purchase order, a drawing, a photo.

-- 1: its sender made its id on the device, for a draft. It can go along with orders and is nothing else's; until it does it is
-- kept longer, since drafts wait for days.
ALTER TABLE files ADD COLUMN in_draft BIGINT NOT NULL DEFAULT 0;

-- A draft may be copied and ordered twice; the file is the same then.
CREATE TABLE order_files (
    order_id TEXT   NOT NULL REFERENCES orders (id),
    position BIGINT NOT NULL,
    file_id  TEXT   NOT NULL REFERENCES files (id),
    PRIMARY KEY (order_id, position)
);
CREATE INDEX order_files_by_file ON order_files (file_id);

-- What went along with an order stays with it.
CREATE TRIGGER order_files_not_updated BEFORE UPDATE ON order_files
BEGIN
    SELECT RAISE(ABORT, 'the files of orders are append-only');
END;

CREATE TRIGGER order_files_not_deleted BEFORE DELETE ON order_files
BEGIN
    SELECT RAISE(ABORT, 'the files of orders are append-only');
END;
