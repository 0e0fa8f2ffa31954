-- Drafts that staff write for a customer, those for each customer apart; null: a customer's account writes for its own.
ALTER TABLE drafts ADD COLUMN customer_id TEXT REFERENCES customers (id);
