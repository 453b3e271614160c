-- The signature that an event came with, 32 bytes: a body can be sent on as it came, even after its webhook has another
-- secret. None where it was read from App Store Connect's log, or came before this was kept.
ALTER TABLE body ADD COLUMN signature BLOB;
ALTER TABLE waiting ADD COLUMN signature BLOB;
