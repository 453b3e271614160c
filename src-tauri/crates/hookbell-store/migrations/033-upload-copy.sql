-- The identity of our copy of an upload's file, once the copy is complete; null if there is none to read.
ALTER TABLE upload ADD COLUMN copy_identity TEXT;
