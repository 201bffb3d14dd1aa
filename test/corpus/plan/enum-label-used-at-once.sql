-- from
CREATE TYPE state AS ENUM ('new', 'done');
CREATE TABLE t (s state DEFAULT 'new');

-- to
CREATE TYPE state AS ENUM ('new', 'held', 'done');
CREATE TABLE t (s state DEFAULT 'held');
