-- from
CREATE AGGREGATE middle(double precision ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA, FINALFUNC_MODIFY = SHAREABLE);
CREATE AGGREGATE place(VARIADIC "any" ORDER BY VARIADIC "any") (SFUNC = ordered_set_transition_multi, STYPE = internal, FINALFUNC = rank_final, FINALFUNC_EXTRA, HYPOTHETICAL);
COMMENT ON AGGREGATE place(VARIADIC "any" ORDER BY VARIADIC "any") IS 'hypothetical';
CREATE TABLE marks (id integer PRIMARY KEY, mark integer);
CREATE VIEW middles AS SELECT middle(0.5) WITHIN GROUP (ORDER BY mark) AS middle FROM marks;
-- rows
INSERT INTO marks VALUES (1, 3), (2, 5);

-- to
CREATE AGGREGATE middle(double precision ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA, FINALFUNC_MODIFY = READ_WRITE);
COMMENT ON AGGREGATE middle(double precision ORDER BY anyelement) IS 'ordered';
CREATE AGGREGATE place(VARIADIC "any" ORDER BY VARIADIC "any") (SFUNC = ordered_set_transition_multi, STYPE = internal, FINALFUNC = dense_rank_final, FINALFUNC_EXTRA, HYPOTHETICAL);
CREATE TABLE marks (id integer PRIMARY KEY, mark integer);
CREATE VIEW middles AS SELECT middle(0.5) WITHIN GROUP (ORDER BY mark) AS middle FROM marks;
-- rows
INSERT INTO marks VALUES (1, 3), (2, 5);
