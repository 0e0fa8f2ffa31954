-- What lists, searches and home pages ask for, at 100,000 SKUs and 1,000,000 orders. The documents make rows long, so the
-- indexes hold whatever is counted, added or searched, and rows are read only to be shown.

-- What a customer owes; the home page's open orders.
DROP INDEX orders_by_customer_status;
CREATE INDEX orders_by_customer_status ON orders (customer_id, status, total_minor, paid_minor, id);

-- Whether an order was ever sent back.
CREATE INDEX order_events_of_order ON order_events (order_id, kind);

-- The order of a queue: nearest deadline first, those without one last.
DROP INDEX orders_by_due;
CREATE INDEX orders_by_deadline ON orders ((due_at IS NULL), due_at, submitted_at, id);

-- The figures of a day, in all regions or some.
CREATE INDEX orders_by_day ON orders (submitted_at, region_id, total_minor);

-- A search reads this from the place of the cursor on. From now on `search` has names and brand only, since a code
-- is found by its beginning and a barcode as a whole: those are looked up among the variants.
CREATE INDEX products_to_search ON products (on_sale, position, id, category_id, search);
CREATE INDEX products_on_sale ON products (on_sale, category_id);
CREATE INDEX variants_by_code ON variants (sku, barcode, product_id);

-- What was counted, by whom and why. Only ever added to.
CREATE TABLE stock_counts (
    id           TEXT PRIMARY KEY,
    warehouse_id TEXT NOT NULL REFERENCES warehouses (id),
    counted_by   TEXT NOT NULL REFERENCES accounts (id),
    counted_at   TEXT NOT NULL,
    reason       TEXT NOT NULL,
    doc          TEXT NOT NULL -- JSON array of variants and what was counted of them
);
CREATE INDEX stock_counts_by_time ON stock_counts (counted_at);
