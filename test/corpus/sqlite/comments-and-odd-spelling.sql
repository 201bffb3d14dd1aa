-- engines: sqlite
-- from
CREATE TABLE t ( -- the table; with ) in it
  id INTEGER PRIMARY KEY, /* first, */ a TEXT -- the last one
);
-- rows
INSERT INTO t VALUES (1, 'x');
-- to
create table [t]
(
	`id` integer primary key ,
	"a" TEXT /* note */ DEFAULT ( 'x' ) , -- last
  b int
) -- end
;
-- rows
INSERT INTO t VALUES (2, 'y', 3);
