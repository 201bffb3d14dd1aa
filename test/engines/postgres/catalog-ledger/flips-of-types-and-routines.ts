import { type Flip, flip, since } from "./flip.ts";

const total = (words: string): string =>
  `DROP AGGREGATE total (integer); CREATE AGGREGATE total (integer) (SFUNC = int4pl, STYPE = integer, MSFUNC = int4pl, MINVFUNC = int4mi, MSTYPE = integer, ${words})`;
const aggregate = "aggregate:public.total(integer)";
const plainSum = "aggregate:public.plain_sum(integer)";
const gathered = (words: string): string =>
  `DROP AGGREGATE gathered (anynonarray); CREATE AGGREGATE gathered (anynonarray) (SFUNC = array_agg_transfn, STYPE = internal, FINALFUNC = array_agg_finalfn, ${words})`;
const gathering = "aggregate:public.gathered(anynonarray)";
const addOne = "function:public.add_one(integer)";
const remadeAddOne = (words: string): string => `DROP FUNCTION add_one(integer); CREATE FUNCTION add_one${words}`;

/** Flips of types, collations, sequences, functions and aggregates. */
export const flipsOfTypesAndRoutines: readonly Flip[] = [
  flip("CREATE TYPE fresh AS ENUM ()", "+enum:public.fresh"),
  flip("ALTER TYPE mood ADD VALUE 'odd' BEFORE 'bad'", "enum:public.mood labels"),
  flip("COMMENT ON TYPE mood IS 'x'", "enum:public.mood comment"),
  flip("ALTER TYPE mood OWNER TO pg_monitor", "enum:public.mood owner"),
  flip("REVOKE USAGE ON TYPE mood FROM PUBLIC", "enum:public.mood grants"),

  flip("CREATE DOMAIN fresh AS integer", "+domain:public.fresh"),
  flip("DROP DOMAIN code; CREATE DOMAIN code AS varchar(10)", "domain:public.code type"),
  flip("ALTER DOMAIN code SET NOT NULL", "domain:public.code notNull"),
  flip("ALTER DOMAIN code SET DEFAULT 'x'", "domain:public.code default"),
  flip('DROP DOMAIN code; CREATE DOMAIN code AS text COLLATE "C"', "domain:public.code collation"),
  flip(
    "ALTER DOMAIN filled DROP CONSTRAINT present; ALTER DOMAIN filled ADD CONSTRAINT present CHECK (VALUE <> 'x')",
    "domain:public.filled checks",
  ),
  flip("COMMENT ON CONSTRAINT present ON DOMAIN filled IS 'x'", "domain:public.filled checkComments"),
  ...since(
    17,
    flip(
      "ALTER DOMAIN code ADD CONSTRAINT given NOT NULL",
      "domain:public.code notNullConstraint",
      "domain:public.code notNull",
    ),
  ),
  flip("COMMENT ON DOMAIN code IS 'x'", "domain:public.code comment"),
  flip("ALTER DOMAIN code OWNER TO pg_monitor", "domain:public.code owner"),
  flip("REVOKE USAGE ON TYPE code FROM PUBLIC", "domain:public.code grants"),

  flip("CREATE TYPE fresh AS (a integer)", "+type:public.fresh"),
  flip("ALTER TYPE point3 ADD ATTRIBUTE z integer", "type:public.point3 attributes"),
  flip("COMMENT ON COLUMN pair.a IS 'x'", "type:public.pair attributeComments"),
  flip("COMMENT ON TYPE pair IS 'x'", "type:public.pair comment"),
  flip("ALTER TYPE pair OWNER TO pg_monitor", "type:public.pair owner"),
  flip("REVOKE USAGE ON TYPE pair FROM PUBLIC", "type:public.pair grants"),

  flip("CREATE TYPE fresh AS RANGE (SUBTYPE = date)", "+range:public.fresh"),
  flip("DROP TYPE span; CREATE TYPE span AS RANGE (SUBTYPE = bigint)", "range:public.span subtype"),
  flip(
    "DROP TYPE letters; CREATE TYPE letters AS RANGE (SUBTYPE = text, SUBTYPE_OPCLASS = text_pattern_ops)",
    "range:public.letters operatorClass",
  ),
  flip(
    'DROP TYPE letters; CREATE TYPE letters AS RANGE (SUBTYPE = text, COLLATION = "C")',
    "range:public.letters collation",
  ),
  flip(
    "DROP TYPE span; CREATE TYPE span; CREATE FUNCTION tidy(span) RETURNS span IMMUTABLE STRICT LANGUAGE internal AS 'int4range_canonical'; CREATE TYPE span AS RANGE (SUBTYPE = integer, CANONICAL = tidy)",
    "range:public.span canonical",
    "+function:public.tidy(public.span)",
  ),
  flip(
    "DROP TYPE span; CREATE TYPE span AS RANGE (SUBTYPE = integer, SUBTYPE_DIFF = floating)",
    "range:public.span difference",
  ),
  flip(
    "DROP TYPE span; CREATE TYPE span AS RANGE (SUBTYPE = integer, MULTIRANGE_TYPE_NAME = spans)",
    "range:public.span multirange",
  ),
  flip("COMMENT ON TYPE span_multirange IS 'x'", "range:public.span multirangeComment"),
  flip("COMMENT ON TYPE span IS 'x'", "range:public.span comment"),
  flip("ALTER TYPE span OWNER TO pg_monitor", "range:public.span owner"),
  flip("REVOKE USAGE ON TYPE span FROM PUBLIC", "range:public.span grants"),

  flip("CREATE COLLATION fresh (PROVIDER = libc, LOCALE = 'C')", "+collation:public.fresh"),
  flip(
    "DROP COLLATION plain; CREATE COLLATION plain (PROVIDER = icu, LOCALE = 'en')",
    "collation:public.plain provider",
    "collation:public.plain characters",
    "collation:public.plain collate",
    "collation:public.plain locale",
  ),
  flip(
    "DROP COLLATION german; CREATE COLLATION german (PROVIDER = icu, LOCALE = 'de-AT')",
    "collation:public.german locale",
  ),
  flip(
    "DROP COLLATION plain; CREATE COLLATION plain (PROVIDER = libc, LC_COLLATE = 'POSIX', LC_CTYPE = 'C')",
    "collation:public.plain collate",
  ),
  flip(
    "DROP COLLATION plain; CREATE COLLATION plain (PROVIDER = libc, LC_COLLATE = 'C', LC_CTYPE = 'POSIX')",
    "collation:public.plain characters",
  ),
  flip(
    "DROP COLLATION german; CREATE COLLATION german (PROVIDER = icu, LOCALE = 'de', DETERMINISTIC = false)",
    "collation:public.german nondeterministic",
  ),
  ...since(
    16,
    flip(
      "DROP COLLATION german; CREATE COLLATION german (PROVIDER = icu, LOCALE = 'de', RULES = '& a < b')",
      "collation:public.german rules",
    ),
  ),
  flip("COMMENT ON COLLATION plain IS 'x'", "collation:public.plain comment"),
  flip("ALTER COLLATION plain OWNER TO pg_monitor", "collation:public.plain owner"),

  flip("CREATE SEQUENCE fresh", "+sequence:public.fresh"),
  flip("ALTER SEQUENCE counter AS integer", "sequence:public.counter type", "sequence:public.counter settings"),
  flip("ALTER SEQUENCE counter CYCLE", "sequence:public.counter settings"),
  flip("ALTER SEQUENCE counter OWNED BY t.id", "sequence:public.counter ownedBy"),
  ...since(15, flip("ALTER SEQUENCE counter SET UNLOGGED", "sequence:public.counter unlogged")),
  flip("COMMENT ON SEQUENCE counter IS 'x'", "sequence:public.counter comment"),
  flip("ALTER SEQUENCE counter OWNER TO pg_monitor", "sequence:public.counter owner"),
  flip("GRANT USAGE ON SEQUENCE counter TO pg_monitor", "sequence:public.counter grants"),

  flip("CREATE FUNCTION fresh() RETURNS integer LANGUAGE sql AS 'SELECT 1'", "+function:public.fresh()"),
  flip(
    "DROP FUNCTION same(integer); CREATE PROCEDURE same(integer) LANGUAGE sql AS 'SELECT $1'",
    "function:public.same(integer) kind",
    "function:public.same(integer) arguments",
    "function:public.same(integer) definition",
    "function:public.same(integer) result",
  ),
  flip(
    "CREATE OR REPLACE FUNCTION add_one(n integer) RETURNS integer LANGUAGE plpgsql AS 'BEGIN RETURN n + 1; END'",
    `${addOne} language`,
    `${addOne} definition`,
  ),
  flip(
    "CREATE OR REPLACE FUNCTION add_one(n integer DEFAULT 1) RETURNS integer LANGUAGE sql AS 'SELECT n + 1'",
    `${addOne} arguments`,
    `${addOne} defaults`,
    `${addOne} definition`,
  ),
  flip(
    remadeAddOne("(n integer, OUT integer) LANGUAGE sql AS 'SELECT n + 1'"),
    `${addOne} parameters`,
    `${addOne} arguments`,
    `${addOne} definition`,
    `${addOne} parameterNames`,
  ),
  flip(
    remadeAddOne("(m integer) RETURNS integer LANGUAGE sql AS 'SELECT m + 1'"),
    `${addOne} parameterNames`,
    `${addOne} arguments`,
    `${addOne} definition`,
  ),
  flip(
    "CREATE OR REPLACE FUNCTION add_one(n integer DEFAULT 2) RETURNS integer LANGUAGE sql AS 'SELECT n + 1'",
    `${addOne} defaults`,
    `${addOne} arguments`,
    `${addOne} definition`,
  ),
  flip(
    remadeAddOne("(n integer) RETURNS bigint LANGUAGE sql AS 'SELECT n + 1'"),
    `${addOne} result`,
    `${addOne} definition`,
  ),
  flip("ALTER FUNCTION add_one(integer) STABLE COST 5 SECURITY DEFINER SET work_mem = 1024", `${addOne} definition`),
  flip("COMMENT ON FUNCTION add_one(integer) IS 'x'", `${addOne} comment`),
  flip("ALTER FUNCTION add_one(integer) OWNER TO pg_monitor", `${addOne} owner`),
  flip("REVOKE EXECUTE ON FUNCTION add_one(integer) FROM PUBLIC", `${addOne} grants`),

  flip("CREATE AGGREGATE fresh (integer) (SFUNC = int4pl, STYPE = integer)", "+aggregate:public.fresh(integer)"),
  flip(
    "CREATE AGGREGATE first_of (ORDER BY integer) (SFUNC = int4pl, STYPE = integer)",
    "+aggregate:public.first_of(integer)",
  ),
  flip(
    "DROP AGGREGATE plain_sum (integer); CREATE AGGREGATE plain_sum (n integer) (SFUNC = int4pl, STYPE = integer)",
    `${plainSum} arguments`,
  ),
  flip(
    "DROP AGGREGATE plain_sum (integer); CREATE AGGREGATE plain_sum (ORDER BY integer) (SFUNC = int4pl, STYPE = integer)",
    `${plainSum} kind`,
    `${plainSum} arguments`,
  ),
  flip(
    'DROP AGGREGATE plain_sum (integer); CREATE AGGREGATE plain_sum (integer) (SFUNC = int4pl, STYPE = integer, FINALFUNC = pg_catalog."float8")',
    `${plainSum} result`,
    `${plainSum} final`,
  ),
  flip(
    "DROP AGGREGATE plain_sum (integer); CREATE AGGREGATE plain_sum (integer) (SFUNC = int84pl, STYPE = bigint, INITCOND = '0')",
    `${plainSum} stateType`,
    `${plainSum} initial`,
    `${plainSum} result`,
    `${plainSum} transition`,
  ),
  ...["serialize", "deserialize"].map((attribute) =>
    flip(
      "DROP AGGREGATE averaged (numeric); CREATE AGGREGATE averaged (numeric) (SFUNC = numeric_avg_accum, STYPE = internal, FINALFUNC = numeric_avg, SERIALFUNC = numeric_avg_serialize, DESERIALFUNC = numeric_avg_deserialize)",
      `aggregate:public.averaged(numeric) ${attribute}`,
      `aggregate:public.averaged(numeric) ${attribute === "serialize" ? "deserialize" : "serialize"}`,
    ),
  ),
  flip(total("FINALFUNC = same_with, FINALFUNC_EXTRA"), `${aggregate} finalExtra`, `${aggregate} final`),
  flip(total("MFINALFUNC = same_with, MFINALFUNC_EXTRA"), `${aggregate} movingFinalExtra`, `${aggregate} movingFinal`),
  flip(
    'DROP AGGREGATE total (integer); CREATE AGGREGATE total (integer) (SFUNC = int4pl, STYPE = integer, MSFUNC = int84pl, MINVFUNC = int84mi, MSTYPE = bigint, MFINALFUNC = pg_catalog."int4", MINITCOND = 0)',
    `${aggregate} movingStateType`,
    `${aggregate} movingFinal`,
    `${aggregate} movingInitial`,
    `${aggregate} movingInverse`,
    `${aggregate} movingTransition`,
  ),
  flip(total("INITCOND = '0'"), `${aggregate} initial`),
  flip(total("MINITCOND = '0'"), `${aggregate} movingInitial`),
  flip(total("SSPACE = 8"), `${aggregate} stateSize`),
  flip(total("MSSPACE = 8"), `${aggregate} movingStateSize`),
  flip(total("FINALFUNC = same"), `${aggregate} final`),
  flip(total("MFINALFUNC = same"), `${aggregate} movingFinal`),
  flip(total("FINALFUNC_MODIFY = SHAREABLE"), `${aggregate} finalModifies`),
  flip(total("MFINALFUNC_MODIFY = SHAREABLE"), `${aggregate} movingFinalModifies`),
  flip(total("COMBINEFUNC = int4pl"), `${aggregate} combine`),
  flip(total("SORTOP = <"), `${aggregate} sortOperator`),
  flip(total("PARALLEL = SAFE"), `${aggregate} parallel`),
  flip(
    "DROP AGGREGATE total (integer); CREATE AGGREGATE total (integer) (SFUNC = int4mul, STYPE = integer, MSFUNC = int4pl, MINVFUNC = int4mi, MSTYPE = integer)",
    `${aggregate} transition`,
  ),
  flip(
    "DROP AGGREGATE total (integer); CREATE AGGREGATE total (integer) (SFUNC = int4pl, STYPE = integer, MSFUNC = int4mul, MINVFUNC = int4mi, MSTYPE = integer)",
    `${aggregate} movingTransition`,
  ),
  flip(
    "DROP AGGREGATE total (integer); CREATE AGGREGATE total (integer) (SFUNC = int4pl, STYPE = integer, MSFUNC = int4pl, MINVFUNC = int4pl, MSTYPE = integer)",
    `${aggregate} movingInverse`,
  ),
  flip("COMMENT ON AGGREGATE total (integer) IS 'x'", `${aggregate} comment`),
  flip("ALTER AGGREGATE total (integer) OWNER TO pg_monitor", `${aggregate} owner`),
  flip("REVOKE EXECUTE ON FUNCTION total (integer) FROM PUBLIC", `${aggregate} grants`),
  flip(gathered("PARALLEL = SAFE, FINALFUNC_EXTRA"), `${gathering} parallel`),
];
