-- Drafts that accounts keep for their other devices, and how long answers are remembered.

CREATE TABLE drafts (
    account_id  TEXT   NOT NULL REFERENCES accounts (id),
    id          TEXT   NOT NULL, -- of the draft; accounts don't get into each other's way
    name        TEXT   NOT NULL,
    content     TEXT   NOT NULL, -- JSON as it came; nobody here looks into it
    fingerprint TEXT   NOT NULL, -- SHA-256 of the body it came in
    version     BIGINT NOT NULL, -- from the account's counter: no two drafts of an account ever had the same
    updated_at  TEXT   NOT NULL,
    PRIMARY KEY (account_id, id)
);

-- A submission that was refused stays refused, however late its repeat comes: its author may be about to send another
-- revision. So the answers to submissions are kept for ever.
ALTER TABLE idempotency_keys ADD COLUMN kept_days BIGINT; -- null: for ever
UPDATE idempotency_keys SET kept_days = 30 WHERE operation NOT LIKE 'submit\_order %' ESCAPE '\';
DROP INDEX idempotency_keys_by_age;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (kept_days, created_at);
