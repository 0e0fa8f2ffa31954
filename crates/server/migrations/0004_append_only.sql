-- The history can't be edited, not even by a mistake in a query (domain.md section 3, rule 13).

CREATE TRIGGER order_events_not_updated BEFORE UPDATE ON order_events
BEGIN
    SELECT RAISE(ABORT, 'the history of an order is append-only');
END;

CREATE TRIGGER order_events_not_deleted BEFORE DELETE ON order_events
BEGIN
    SELECT RAISE(ABORT, 'the history of an order is append-only');
END;

CREATE TRIGGER payments_not_updated BEFORE UPDATE ON payments
BEGIN
    SELECT RAISE(ABORT, 'payments are append-only');
END;

CREATE TRIGGER payments_not_deleted BEFORE DELETE ON payments
BEGIN
    SELECT RAISE(ABORT, 'payments are append-only');
END;
