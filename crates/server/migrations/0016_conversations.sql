-- Files that people send, the conversation of an order, and what its customer says of it in the end.

-- The bytes of a file, kept once however often it is sent.
CREATE TABLE file_contents (
    digest TEXT PRIMARY KEY, -- SHA-256 of the body in lower-case hex
    kind   TEXT   NOT NULL, -- told by the bytes
    size   BIGINT NOT NULL,
    body   BLOB   NOT NULL
);

CREATE TABLE messages (
    order_id         TEXT   NOT NULL REFERENCES orders (id),
    seq              BIGINT NOT NULL, -- from 1; not shown, since gaps would tell of internal notes
    id               TEXT   NOT NULL UNIQUE, -- made by whoever writes it
    account_id       TEXT   NOT NULL REFERENCES accounts (id),
    at               TEXT   NOT NULL,
    is_from_customer BIGINT NOT NULL,
    is_internal      BIGINT NOT NULL, -- 1: for the supplier's staff alone
    body             TEXT   NOT NULL,
    PRIMARY KEY (order_id, seq)
);
CREATE INDEX messages_by_time ON messages (at);

-- How far an account has read.
CREATE TABLE message_reads (
    account_id TEXT   NOT NULL REFERENCES accounts (id),
    order_id   TEXT   NOT NULL REFERENCES orders (id),
    seq        BIGINT NOT NULL,
    PRIMARY KEY (account_id, order_id)
);

-- A file somebody sent, and the one thing it belongs to; without one it is thrown away after a day.
CREATE TABLE files (
    id          TEXT PRIMARY KEY,
    digest      TEXT   NOT NULL REFERENCES file_contents (digest),
    name        TEXT   NOT NULL,
    account_id  TEXT   NOT NULL REFERENCES accounts (id),
    uploaded_at TEXT   NOT NULL,
    message_id  TEXT REFERENCES messages (id),
    return_id   TEXT REFERENCES returns (id),
    position    BIGINT NOT NULL, -- among the files of the same thing
    CHECK (message_id IS NULL OR return_id IS NULL)
);
CREATE INDEX files_by_message ON files (message_id);
CREATE INDEX files_by_return ON files (return_id);
CREATE INDEX files_by_digest ON files (digest);
CREATE INDEX files_by_account ON files (account_id, uploaded_at);

CREATE TABLE order_ratings (
    order_id   TEXT PRIMARY KEY REFERENCES orders (id), -- once
    account_id TEXT   NOT NULL REFERENCES accounts (id),
    at         TEXT   NOT NULL,
    stars      BIGINT NOT NULL CHECK (stars BETWEEN 1 AND 5),
    comment    TEXT   NOT NULL
);

-- What was said can't be unsaid.
CREATE TRIGGER messages_not_updated BEFORE UPDATE ON messages
BEGIN
    SELECT RAISE(ABORT, 'messages are append-only');
END;

CREATE TRIGGER messages_not_deleted BEFORE DELETE ON messages
BEGIN
    SELECT RAISE(ABORT, 'messages are append-only');
END;

CREATE TRIGGER order_ratings_not_updated BEFORE UPDATE ON order_ratings
BEGIN
    SELECT RAISE(ABORT, 'ratings are append-only');
END;

CREATE TRIGGER order_ratings_not_deleted BEFORE DELETE ON order_ratings
BEGIN
    SELECT RAISE(ABORT, 'ratings are append-only');
END;
