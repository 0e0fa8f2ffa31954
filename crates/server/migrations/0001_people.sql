-- Who there is: the settings of the deployment, customers, accounts of both sides and their sessions.
--
-- Ids are UUID text; times are RFC 3339 UTC with six digits behind the second, so that text order is time order;
-- flags are BIGINT 0 or 1; names exist in both languages.

CREATE TABLE settings (
    name       TEXT PRIMARY KEY,
    doc        TEXT   NOT NULL,
    version    BIGINT NOT NULL,
    updated_at TEXT   NOT NULL
);

CREATE TABLE regions (
    id      TEXT PRIMARY KEY,
    code    TEXT NOT NULL UNIQUE,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL
);

CREATE TABLE levels (
    id      TEXT PRIMARY KEY,
    code    TEXT NOT NULL UNIQUE,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL
);

CREATE TABLE roles (
    id          TEXT PRIMARY KEY,
    code        TEXT NOT NULL UNIQUE,
    name_zh     TEXT NOT NULL,
    name_en     TEXT NOT NULL,
    permissions TEXT NOT NULL -- JSON array of permission names
);

CREATE TABLE customers (
    id         TEXT PRIMARY KEY,
    code       TEXT   NOT NULL UNIQUE,
    name_zh    TEXT   NOT NULL,
    name_en    TEXT   NOT NULL,
    level_id   TEXT   NOT NULL REFERENCES levels (id),
    region_id  TEXT   NOT NULL REFERENCES regions (id),
    policy     TEXT   NOT NULL, -- JSON of the payment policy
    search     TEXT   NOT NULL, -- code and names in lower case
    version    BIGINT NOT NULL,
    created_at TEXT   NOT NULL,
    updated_at TEXT   NOT NULL
);
CREATE INDEX customers_by_region ON customers (region_id, code);

CREATE TABLE customer_addresses (
    id          TEXT PRIMARY KEY,
    customer_id TEXT   NOT NULL REFERENCES customers (id),
    position    BIGINT NOT NULL,
    contact     TEXT   NOT NULL,
    phone       TEXT   NOT NULL,
    text        TEXT   NOT NULL
);
CREATE INDEX customer_addresses_by_customer ON customer_addresses (customer_id, position);

CREATE TABLE accounts (
    id            TEXT PRIMARY KEY,
    login         TEXT NOT NULL UNIQUE, -- lower case
    name          TEXT NOT NULL,
    customer_id   TEXT REFERENCES customers (id), -- null for staff
    password_hash TEXT NOT NULL,
    disabled_at   TEXT,
    created_at    TEXT NOT NULL
);
CREATE INDEX accounts_by_customer ON accounts (customer_id);

CREATE TABLE account_roles (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    role_id    TEXT NOT NULL REFERENCES roles (id),
    PRIMARY KEY (account_id, role_id)
);

-- Staff with a row here act within these regions only.
CREATE TABLE account_regions (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    region_id  TEXT NOT NULL REFERENCES regions (id),
    PRIMARY KEY (account_id, region_id)
);

CREATE TABLE sessions (
    id_hash      TEXT PRIMARY KEY, -- SHA-256 of the cookie's value: a stolen database opens no session
    account_id   TEXT NOT NULL REFERENCES accounts (id),
    created_at   TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    expires_at   TEXT NOT NULL
);
CREATE INDEX sessions_by_account ON sessions (account_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
