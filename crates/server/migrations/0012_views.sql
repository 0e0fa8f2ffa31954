-- Lists as their accounts like to see them.

CREATE TABLE views (
    account_id TEXT   NOT NULL REFERENCES accounts (id),
    id         TEXT   NOT NULL, -- made by the device; accounts don't get into each other's way
    name       TEXT   NOT NULL,
    doc        TEXT   NOT NULL, -- JSON of the view
    version    BIGINT NOT NULL,
    PRIMARY KEY (account_id, id)
);
