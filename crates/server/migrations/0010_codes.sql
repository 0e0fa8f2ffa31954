-- Whole codes are looked up in either case, hundreds at a time: an order pasted from a spreadsheet.
CREATE INDEX variants_by_sku_key ON variants (LOWER(sku));
CREATE INDEX variants_by_barcode_key ON variants (LOWER(barcode));
