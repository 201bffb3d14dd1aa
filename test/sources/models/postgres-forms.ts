import { eq, gt, sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
  char,
  check,
  cidr,
  customType,
  date,
  doublePrecision,
  foreignKey,
  index,
  inet,
  integer,
  interval,
  json,
  jsonb,
  line,
  macaddr,
  macaddr8,
  numeric,
  pgEnum,
  pgMaterializedView,
  pgPolicy,
  pgSchema,
  pgSequence,
  pgTable,
  pgView,
  point,
  primaryKey,
  real,
  serial,
  smallint,
  smallserial,
  text,
  time,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
  varchar,
} from "drizzle-orm/pg-core";

export const mood = pgEnum("mood", ["sad", "it's fine", "happy"]);
export const app = pgSchema("app");
export const level = app.enum("Level of log", ["low", "high"]);
export const numbers = pgSequence("numbers", {
  startWith: 100,
  increment: 10,
  minValue: 5,
  maxValue: 100000,
  cache: 7,
  cycle: true,
});
export const counter = app.sequence("counter");

export const orgs = app.table("orgs", {
  id: serial().primaryKey(),
  name: varchar({ length: 120 }).notNull(),
  levels: level().array(),
});

export const users = pgTable(
  "users",
  {
    id: bigint({ mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
    orgId: integer("org_id").references(() => orgs.id, { onDelete: "cascade", onUpdate: "restrict" }),
    managerId: bigint({ mode: "bigint" }),
    email: text().notNull().unique(),
    nickName: varchar({ length: 30 }).unique("nick", { nulls: "not distinct" }),
    mood: mood().default("it's fine"),
    moods: mood().array().default(["sad", "happy"]),
    firstName: text(),
    lastName: text(),
    fullName: text().generatedAlwaysAs(sql`first_name || ' ' || last_name`),
    createdAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
    tags: text().array().notNull().default([]),
    settings: jsonb()
      .notNull()
      .default({ theme: "dark", sizes: [1, 2] }),
  },
  (t) => [
    foreignKey({ columns: [t.managerId], foreignColumns: [t.id] }).onDelete("set null"),
    unique().on(t.orgId, t.email),
    unique("names").on(t.firstName, t.lastName).nullsNotDistinct(),
    check("email_has_at", sql`${t.email} like '%@%'`),
    index().on(t.orgId, t.createdAt.desc()),
    index("by_nick").on(t.nickName.asc().nullsFirst()),
    index("by_settings").using("gin", t.settings.op("jsonb_path_ops")).with({ fastupdate: false }),
    uniqueIndex("by_lower_email").on(sql`lower(${t.email})`).where(sql`${t.orgId} is not null`),
    index("by_hash").using("hash", t.email),
    index("by_text").on(t.lastName.op("text_pattern_ops")),
  ],
);

export const everyType = pgTable("every_type", {
  smallint: smallint().default(-1),
  integer: integer().default(5),
  bigint53: bigint({ mode: "number" }).default(9007199254740991),
  bigint64: bigint({ mode: "bigint" }),
  smallserial: smallserial(),
  serial: serial(),
  bigserial: bigserial({ mode: "number" }),
  boolean: boolean().default(false),
  text: text().default('it\'s \\ "x"'),
  varchar: varchar().default("v"),
  varcharN: varchar("varchar_n", { length: 10 }).default("v"),
  char: char(),
  charN: char("char_n", { length: 4 }).default("abcd"),
  numeric: numeric(),
  numericP: numeric("numeric_p", { precision: 12 }),
  numericPs: numeric("numeric_ps", { precision: 12, scale: 4 }).default("1.5"),
  numericNumber: numeric("numeric_number", { mode: "number", precision: 6, scale: 2 }).default(2.25),
  real: real().default(1.5),
  double: doublePrecision().default(2.5),
  json: json().default({ a: [1, "b"] }),
  jsonb: jsonb().default([]),
  time: time(),
  timeTz: time("time_tz", { withTimezone: true, precision: 3 }),
  timestamp: timestamp().default(new Date("2024-02-03T04:05:06.789Z")),
  timestampString: timestamp("timestamp_string", { mode: "string", precision: 0 }).default("2024-02-03 04:05:06"),
  timestampTz: timestamp("timestamp_tz", { withTimezone: true }).default(new Date("2024-02-03T04:05:06.789Z")),
  date: date().default("2024-02-03"),
  dateDate: date("date_date", { mode: "date" }).default(new Date("2024-02-03T00:00:00Z")),
  interval: interval(),
  intervalFields: interval("interval_fields", { fields: "day to second" }).default("1 day"),
  intervalP: interval("interval_p", { precision: 3 }),
  uuid: uuid().defaultRandom(),
  inet: inet(),
  cidr: cidr(),
  macaddr: macaddr(),
  macaddr8: macaddr8(),
  pointTuple: point("point_tuple"),
  pointXy: point("point_xy", { mode: "xy" }),
  lineTuple: line("line_tuple"),
  lineAbc: line("line_abc", { mode: "abc" }),
  textArray: text("text_array").array().default(["a", "b,c"]),
  integerMatrix: integer("integer_matrix")
    .array(3)
    .array(3)
    .default([
      [1, 2],
      [3, 4],
    ]),
  booleanArray: boolean("boolean_array").array().default([true, false]),
  custom: customType<{ data: string }>({ dataType: () => "tsvector" })(),
  customEnum: customType<{ data: string }>({ dataType: () => "mood" })("custom_enum"),
});

export const members = pgTable(
  "members",
  {
    userId: bigint({ mode: "bigint" })
      .notNull()
      .references(() => users.id),
    orgId: integer()
      .notNull()
      .references(() => orgs.id),
    seq: integer().generatedByDefaultAsIdentity({
      name: "member_numbers",
      startWith: 10,
      increment: 5,
      minValue: 10,
      maxValue: 1000,
      cache: 2,
      cycle: true,
    }),
    small: smallint().generatedAlwaysAsIdentity(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.orgId] }),
    pgPolicy("own", { as: "permissive", for: "select", to: "public", using: sql`true` }),
    pgPolicy("write", { as: "restrictive", for: "insert", to: "current_user", withCheck: sql`org_id > 0` }),
  ],
);
export const audit = app.table("audit", { at: timestamp().defaultNow() }).enableRLS();

export const activeUsers = pgView("active_users")
  .with({ securityBarrier: true, securityInvoker: true })
  .as((qb) => qb.select({ id: users.id, email: users.email }).from(users).where(eq(users.email, "it's")));
export const checkedView = app
  .view("checked", { id: integer("id") })
  .with({ checkOption: "cascaded" })
  .as(sql`select ${orgs.id} from ${orgs} where ${gt(orgs.id, 5)}`);
export const stats = pgMaterializedView("stats")
  .using("heap")
  .with({ fillfactor: 50, autovacuumEnabled: false })
  .withNoData()
  .as((qb) =>
    qb
      .select({ orgId: users.orgId, n: sql<number>`count(*)`.as("n") })
      .from(users)
      .groupBy(users.orgId),
  );
export const foreign = pgView("foreign_view", { id: integer() }).existing();
