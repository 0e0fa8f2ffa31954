-- Promotions, and what they were before each change.

CREATE TABLE promotions (
    id         TEXT PRIMARY KEY,
    is_on      BIGINT NOT NULL,
    from_at    TEXT   NOT NULL,
    until_at   TEXT, -- null: until it is switched off
    doc        TEXT   NOT NULL, -- JSON of the promotion
    version    BIGINT NOT NULL,
    updated_at TEXT   NOT NULL
);
CREATE INDEX promotions_by_time ON promotions (is_on, from_at);

-- Every version there ever was, and who made it: only added to.
CREATE TABLE promotion_changes (
    promotion_id TEXT   NOT NULL REFERENCES promotions (id),
    version      BIGINT NOT NULL,
    doc          TEXT   NOT NULL,
    changed_by   TEXT   NOT NULL REFERENCES accounts (id),
    changed_at   TEXT   NOT NULL,
    PRIMARY KEY (promotion_id, version)
);
