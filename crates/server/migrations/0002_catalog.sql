-- What there is to order, what it costs and how much of it lies where.
--
-- Quantities of stock are BIGINT in ten-thousandths of the base unit (a quantity has at most four decimal places), so
-- that SQL can compare and add them exactly. Prices are decimal text.

CREATE TABLE categories (
    id        TEXT PRIMARY KEY,
    parent_id TEXT REFERENCES categories (id),
    code      TEXT   NOT NULL UNIQUE,
    name_zh   TEXT   NOT NULL,
    name_en   TEXT   NOT NULL,
    position  BIGINT NOT NULL
);

CREATE TABLE products (
    id          TEXT PRIMARY KEY,
    category_id TEXT   NOT NULL REFERENCES categories (id),
    on_sale     BIGINT NOT NULL,
    position    BIGINT NOT NULL, -- the order of the catalog
    search      TEXT   NOT NULL, -- names, brand, codes and barcodes in lower case
    doc         TEXT   NOT NULL, -- JSON of the product with its variants
    change      BIGINT NOT NULL UNIQUE, -- rises with every change: the cursor of the catalog sync
    updated_at  TEXT   NOT NULL
);
CREATE INDEX products_by_position ON products (position, id);
CREATE INDEX products_by_category ON products (category_id, position, id);

CREATE TABLE variants (
    id         TEXT PRIMARY KEY,
    product_id TEXT NOT NULL REFERENCES products (id),
    sku        TEXT NOT NULL UNIQUE,
    barcode    TEXT
);
CREATE INDEX variants_by_product ON variants (product_id);
CREATE INDEX variants_by_barcode ON variants (barcode);

CREATE TABLE agreed_prices (
    customer_id TEXT NOT NULL REFERENCES customers (id),
    variant_id  TEXT NOT NULL REFERENCES variants (id),
    price       TEXT NOT NULL,
    PRIMARY KEY (customer_id, variant_id)
);

CREATE TABLE warehouses (
    id         TEXT PRIMARY KEY,
    code       TEXT   NOT NULL UNIQUE,
    name_zh    TEXT   NOT NULL,
    name_en    TEXT   NOT NULL,
    is_default BIGINT NOT NULL
);

CREATE TABLE stock (
    variant_id   TEXT   NOT NULL REFERENCES variants (id),
    warehouse_id TEXT   NOT NULL REFERENCES warehouses (id),
    on_hand      BIGINT NOT NULL,
    reserved     BIGINT NOT NULL CHECK (reserved >= 0),
    PRIMARY KEY (variant_id, warehouse_id)
);

-- Product pictures: small files the server hands out under /media/.
CREATE TABLE media (
    name         TEXT PRIMARY KEY,
    content_type TEXT NOT NULL,
    body         BLOB NOT NULL
);
