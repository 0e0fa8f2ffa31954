-- Orders whose customer is to answer a change that the supplier proposed: they wait for that customer.

ALTER TABLE orders ADD COLUMN to_answer BIGINT NOT NULL DEFAULT 0;

-- Only a proposal that waits stands in the document, and only there does it say whose it is.
UPDATE orders SET to_answer = 1 WHERE doc LIKE '%"from_customer":false%';
