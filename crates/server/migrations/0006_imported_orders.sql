-- Orders that were imported from files and wait to be replayed: only a submission makes an order.

CREATE TABLE imported_orders (
    draft_id    TEXT PRIMARY KEY, -- the draft it is submitted as: one order per draft, for ever
    code        TEXT NOT NULL UNIQUE, -- what its file calls it
    customer_id TEXT NOT NULL REFERENCES customers (id),
    ordered_on  TEXT,
    freight     TEXT NOT NULL,
    lines       TEXT NOT NULL, -- JSON of the lines: variant, price, quantity, discount
    imported_at TEXT NOT NULL
);
CREATE INDEX imported_orders_by_day ON imported_orders (ordered_on, code);
