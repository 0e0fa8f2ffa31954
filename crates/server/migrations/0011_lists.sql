-- What customers keep to order from again. Lists belong to the customer: whoever orders for it sees the same.

CREATE TABLE saved_lists (
    customer_id TEXT   NOT NULL REFERENCES customers (id),
    id          TEXT   NOT NULL, -- customers don't get into each other's way
    name        TEXT   NOT NULL,
    items       TEXT   NOT NULL, -- JSON array of variant, quantity and note
    item_count  BIGINT NOT NULL,
    fingerprint TEXT   NOT NULL, -- SHA-256 of the body it came in
    version     BIGINT NOT NULL, -- from the customer's counter: no two lists of a customer ever had the same
    updated_at  TEXT   NOT NULL,
    PRIMARY KEY (customer_id, id)
);

CREATE TABLE favourites (
    customer_id TEXT NOT NULL REFERENCES customers (id),
    variant_id  TEXT NOT NULL REFERENCES variants (id),
    added_at    TEXT NOT NULL,
    PRIMARY KEY (customer_id, variant_id)
);
