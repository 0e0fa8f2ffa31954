-- Orders: the order itself as a document, the columns lists and queues need, and its history.

CREATE TABLE counters (
    name  TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);

CREATE TABLE orders (
    id            TEXT PRIMARY KEY,
    draft_id      TEXT   NOT NULL UNIQUE, -- one order per draft, for ever
    fingerprint   TEXT   NOT NULL, -- SHA-256 of the submission it came from
    number        TEXT   NOT NULL UNIQUE,
    customer_id   TEXT   NOT NULL REFERENCES customers (id),
    region_id     TEXT   NOT NULL REFERENCES regions (id),
    status        TEXT   NOT NULL,
    priority      TEXT   NOT NULL,
    total         TEXT   NOT NULL,
    total_minor   BIGINT NOT NULL, -- the total in minor units, to sort and add
    paid_minor    BIGINT NOT NULL, -- confirmed payments in minor units
    line_count    BIGINT NOT NULL,
    submitted_at  TEXT   NOT NULL,
    entered_at    TEXT   NOT NULL,
    due_at        TEXT,
    promised_date TEXT,
    to_receive    BIGINT NOT NULL,
    version       BIGINT NOT NULL,
    search        TEXT   NOT NULL, -- number, customer, product names and codes in lower case
    updated_at    TEXT   NOT NULL,
    doc           TEXT   NOT NULL -- JSON of the order
);
CREATE INDEX orders_by_submission ON orders (submitted_at, id);
CREATE INDEX orders_by_customer ON orders (customer_id, submitted_at, id);
CREATE INDEX orders_by_customer_status ON orders (customer_id, status);
CREATE INDEX orders_by_status ON orders (status, due_at, submitted_at, id);
CREATE INDEX orders_by_status_region ON orders (status, region_id, due_at);
CREATE INDEX orders_by_due ON orders (due_at, id);
CREATE INDEX orders_by_amount ON orders (total_minor, id);

-- What happened to an order. Only ever added to (domain.md section 3, rule 13).
CREATE TABLE order_events (
    order_id   TEXT   NOT NULL REFERENCES orders (id),
    seq        BIGINT NOT NULL, -- from 1; the order's version counts these
    at         TEXT   NOT NULL,
    account_id TEXT REFERENCES accounts (id), -- null for the desk's own timers
    kind       TEXT   NOT NULL,
    doc        TEXT   NOT NULL, -- JSON of the event
    PRIMARY KEY (order_id, seq)
);
CREATE INDEX order_events_by_kind ON order_events (kind, at);

CREATE TABLE payments (
    id           TEXT PRIMARY KEY,
    order_id     TEXT   NOT NULL REFERENCES orders (id),
    customer_id  TEXT   NOT NULL REFERENCES customers (id),
    amount       TEXT   NOT NULL,
    amount_minor BIGINT NOT NULL,
    reference    TEXT   NOT NULL,
    confirmed_by TEXT   NOT NULL REFERENCES accounts (id),
    confirmed_at TEXT   NOT NULL
);
CREATE INDEX payments_by_order ON payments (order_id);

-- Drafts that were taken back: none of them ever becomes an order.
CREATE TABLE withdrawn_drafts (
    draft_id     TEXT PRIMARY KEY,
    account_id   TEXT NOT NULL REFERENCES accounts (id),
    withdrawn_at TEXT NOT NULL
);

-- Answers already given, so that a repeat after a lost reply gets the same one.
CREATE TABLE idempotency_keys (
    account_id  TEXT   NOT NULL REFERENCES accounts (id),
    key         TEXT   NOT NULL,
    operation   TEXT   NOT NULL,
    fingerprint TEXT   NOT NULL, -- SHA-256 of the body
    status      BIGINT NOT NULL,
    version     BIGINT,
    location    TEXT,
    body        TEXT   NOT NULL,
    created_at  TEXT   NOT NULL,
    PRIMARY KEY (account_id, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
