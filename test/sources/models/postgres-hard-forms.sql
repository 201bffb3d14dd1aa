-- The same as postgres-hard-forms.ts, written by hand.
CREATE SCHEMA hidden;
CREATE TYPE "Mood" AS ENUM ('sad', 'happy');
CREATE TYPE hidden.state AS ENUM ('on', 'off');
CREATE TABLE "values" (
  nothing integer,
  big bigint DEFAULT -9223372036854775808,
  numeric_big numeric DEFAULT 12345678901234567890,
  infinite double precision DEFAULT 'Infinity',
  not_a_number real DEFAULT 'NaN',
  quoted jsonb DEFAULT '{"it''s":"a \"quote\"","path":"C:\\x"}',
  json_text json DEFAULT '{"already": "json"}',
  json_word jsonb DEFAULT '"word"',
  json_number jsonb DEFAULT '5',
  bytes bytea DEFAULT '\x00ff27',
  price numeric(10, 2) DEFAULT '5.00',
  shout text DEFAULT upper('it''s'),
  moods "Mood" DEFAULT 'happy',
  mood "Mood"[] DEFAULT '{sad,happy}',
  texts text[] DEFAULT '{"a \"b\"","c,d","it''s","back\\slash",""}',
  bigs bigint[] DEFAULT '{1,2}',
  dates date[] DEFAULT '{2024-02-03}',
  documents jsonb[] DEFAULT '{"{\"a\":\"it''s\"}"}',
  nested varchar(5)[][2] DEFAULT '{{a,b},{c,d}}',
  point point DEFAULT '(1.5,-2)',
  point_xy point DEFAULT '(1,2)',
  line line DEFAULT '{1,2,3}',
  interval interval minute to second(3) DEFAULT '10:00',
  zoned timestamp DEFAULT (now() AT TIME ZONE 'utc'),
  "both" integer DEFAULT (1 + 2)
);
CREATE TABLE users (
  id integer NOT NULL,
  tenant integer NOT NULL,
  email text,
  since timestamp with time zone,
  doubled integer GENERATED ALWAYS AS (id * 2) STORED,
  plain text GENERATED ALWAYS AS (upper(email)) STORED,
  state hidden.state DEFAULT 'on',
  CONSTRAINT tenant_range CHECK (tenant > 3 AND tenant < 10),
  CONSTRAINT state_known CHECK (state IN ('on', 'off')),
  CONSTRAINT email_known CHECK (email <> 'it''s' AND since > '2020-01-01T00:00:00Z')
);
CREATE TABLE posts (author integer, tenant integer, title text);
CREATE UNIQUE INDEX users_key ON users (tenant, id);
CREATE INDEX recent ON users (since timestamptz_ops DESC NULLS LAST) WHERE since > '2020-01-01T00:00:00Z';
CREATE INDEX spread ON users USING brin (since) WITH (pages_per_range = 16, autosummarize = true);
CREATE INDEX computed ON users ((id + tenant), email NULLS FIRST);
ALTER TABLE posts ADD CONSTRAINT posts_author FOREIGN KEY (tenant, author) REFERENCES users (tenant, id)
  ON DELETE SET DEFAULT ON UPDATE CASCADE;
CREATE VIEW bottom AS SELECT id FROM users;
CREATE VIEW middle AS SELECT id FROM bottom WHERE bottom.id > 5;
CREATE VIEW top AS SELECT id FROM middle;
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
ALTER TABLE posts ENABLE ROW LEVEL SECURITY;
CREATE POLICY authors ON posts
  USING (EXISTS (SELECT 1 FROM users WHERE users.id = posts.author AND users.tenant = posts.tenant));
CREATE POLICY linked ON users FOR DELETE USING (true);
