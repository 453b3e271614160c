-- An event's signature, 32 bytes, so that a body can be forwarded as it arrived even after its webhook has a new
-- secret. Null if the event was read from App Store Connect's log or predates this column.
ALTER TABLE body ADD COLUMN signature BLOB;
ALTER TABLE waiting ADD COLUMN signature BLOB;
