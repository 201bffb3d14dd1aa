-- The same as sqlite-hard-forms.ts, written by hand.
CREATE TABLE "values" (
  moment integer DEFAULT 1706933106,
  moment_ms integer DEFAULT 1706933106789,
  bytes blob DEFAULT X'00ff27',
  document text DEFAULT '{"it''s":"a \"quote\""}',
  document_blob blob DEFAULT X'7b2261223a317d',
  big blob DEFAULT X'3132333435363738393031323334353637383930',
  numeric_big numeric DEFAULT 12345678901234567890,
  infinite real DEFAULT 9e999,
  lower text DEFAULT (lower('it''s') || ')'),
  date text DEFAULT current_date,
  text text DEFAULT 'a',
  share TEXT DEFAULT '5 %'
);
CREATE TABLE items (
  id integer,
  part integer,
  at integer,
  PRIMARY KEY (id, part),
  CONSTRAINT part_range CHECK (items.part > 3 AND items.part <> -1)
);
CREATE INDEX recent ON items (at DESC, id) WHERE items.at > 1577836800;
CREATE VIEW bottom AS select "id", "part", "at" from "items" where "items"."part" > 5;
CREATE VIEW top AS select id from bottom;
