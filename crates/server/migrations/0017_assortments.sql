-- What customers of a level don't see of the catalog, and what each customer has ordered before.

CREATE TABLE assortments (
    level_id   TEXT PRIMARY KEY REFERENCES levels (id),
    doc        TEXT   NOT NULL, -- JSON of the hidden categories and products
    updated_at TEXT   NOT NULL
);

-- Kept with every new order. What was ordered before this table was there is added when the server opens the database.
CREATE TABLE bought_goods (
    customer_id TEXT NOT NULL REFERENCES customers (id),
    variant_id  TEXT NOT NULL,
    PRIMARY KEY (customer_id, variant_id)
);
