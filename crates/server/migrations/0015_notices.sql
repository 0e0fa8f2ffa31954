-- Notices, what they were before each change, and who has read which; and what alerts are looked for by.

CREATE TABLE notices (
    id           TEXT PRIMARY KEY,
    is_withdrawn BIGINT NOT NULL,
    is_pinned    BIGINT NOT NULL,
    from_at      TEXT   NOT NULL,
    until_at     TEXT, -- null: until it is withdrawn
    doc          TEXT   NOT NULL, -- JSON of the notice
    version      BIGINT NOT NULL,
    updated_at   TEXT   NOT NULL
);
CREATE INDEX notices_by_time ON notices (is_withdrawn, from_at);

-- Every version there ever was, and who made it: only added to.
CREATE TABLE notice_changes (
    notice_id  TEXT   NOT NULL REFERENCES notices (id),
    version    BIGINT NOT NULL,
    doc        TEXT   NOT NULL,
    changed_by TEXT   NOT NULL REFERENCES accounts (id),
    changed_at TEXT   NOT NULL,
    PRIMARY KEY (notice_id, version)
);

CREATE TABLE notice_reads (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    notice_id  TEXT NOT NULL REFERENCES notices (id),
    read_at    TEXT NOT NULL,
    PRIMARY KEY (account_id, notice_id)
);
CREATE INDEX notice_reads_by_notice ON notice_reads (notice_id);

-- Stock is compared with this, in ten-thousandths of the base unit like stock itself; 0 for what is made to order. Four
-- decimal places times ten thousand are whole, so that rounding only takes away what the binary fraction added.
ALTER TABLE variants ADD COLUMN reorder_level BIGINT NOT NULL DEFAULT 0;
UPDATE variants SET reorder_level = COALESCE((
    SELECT CAST(ROUND(json_extract(one.value, '$.reorder_level') * 10000) AS INTEGER)
    FROM products, json_each(products.doc, '$.variants') AS one
    WHERE products.id = variants.product_id
        AND json_extract(one.value, '$.id') = variants.id
        AND NOT json_extract(one.value, '$.made_to_order')
), 0);
CREATE INDEX variants_to_reorder ON variants (reorder_level, id, product_id) WHERE reorder_level > 0;

-- Few of many orders are promised and still open, or completed and not paid.
CREATE INDEX orders_promised ON orders (promised_date) WHERE status NOT IN ('completed', 'voided');
CREATE INDEX orders_unpaid ON orders (entered_at, customer_id, region_id)
    WHERE status = 'completed' AND total_minor > paid_minor;
