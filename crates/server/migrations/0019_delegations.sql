-- Queues handed over to colleagues for some days. One that ended early keeps its last day; nothing is ever removed, since
-- the history of orders names who stood in for whom.
CREATE TABLE delegations (
    id           TEXT PRIMARY KEY,
    from_account TEXT   NOT NULL REFERENCES accounts (id),
    to_account   TEXT   NOT NULL REFERENCES accounts (id),
    first_day    TEXT   NOT NULL,
    last_day     TEXT   NOT NULL,
    made_by      TEXT   NOT NULL REFERENCES accounts (id),
    made_at      TEXT   NOT NULL,
    ended_by     TEXT REFERENCES accounts (id),
    ended_at     TEXT,
    version      BIGINT NOT NULL
);
-- Asked with every request of staff: who stands in for whom today.
CREATE INDEX delegations_by_colleague ON delegations (to_account, last_day, first_day);
CREATE INDEX delegations_by_owner ON delegations (from_account, first_day);
