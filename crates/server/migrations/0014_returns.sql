-- Returns and claims: the return itself as a document, the columns lists and queues need, and its history.

CREATE TABLE returns (
    id           TEXT PRIMARY KEY,
    number       TEXT   NOT NULL UNIQUE,
    order_id     TEXT   NOT NULL REFERENCES orders (id),
    order_number TEXT   NOT NULL,
    customer_id  TEXT   NOT NULL REFERENCES customers (id),
    region_id    TEXT   NOT NULL REFERENCES regions (id),
    is_claim     BIGINT NOT NULL, -- 1: no goods come back
    status       TEXT   NOT NULL,
    total        TEXT   NOT NULL,
    line_count   BIGINT NOT NULL,
    submitted_at TEXT   NOT NULL,
    entered_at   TEXT   NOT NULL,
    version      BIGINT NOT NULL,
    search       TEXT   NOT NULL, -- both numbers, customer, product names and codes in lower case
    doc          TEXT   NOT NULL -- JSON of the return
);
CREATE INDEX returns_by_submission ON returns (submitted_at, id);
CREATE INDEX returns_by_customer ON returns (customer_id, submitted_at, id);
CREATE INDEX returns_by_order ON returns (order_id);
CREATE INDEX returns_by_status ON returns (status, region_id, submitted_at, id);

-- What happened to a return. Only ever added to, as the history of an order.
CREATE TABLE return_events (
    return_id  TEXT   NOT NULL REFERENCES returns (id),
    seq        BIGINT NOT NULL, -- from 1; the return's version counts these
    at         TEXT   NOT NULL,
    account_id TEXT   NOT NULL REFERENCES accounts (id),
    kind       TEXT   NOT NULL,
    doc        TEXT   NOT NULL, -- JSON of the event
    PRIMARY KEY (return_id, seq)
);
CREATE INDEX return_events_by_kind ON return_events (kind, at);

CREATE TRIGGER return_events_not_updated BEFORE UPDATE ON return_events
BEGIN
    SELECT RAISE(ABORT, 'the history of a return is append-only');
END;

CREATE TRIGGER return_events_not_deleted BEFORE DELETE ON return_events
BEGIN
    SELECT RAISE(ABORT, 'the history of a return is append-only');
END;
