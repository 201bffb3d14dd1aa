import { gt, inArray, sql } from "drizzle-orm";
import {
  alias,
  bigint,
  check,
  customType,
  date,
  doublePrecision,
  foreignKey,
  index,
  integer,
  interval,
  json,
  jsonb,
  line,
  numeric,
  pgEnum,
  pgPolicy,
  pgRole,
  pgSchema,
  pgTable,
  pgView,
  point,
  real,
  text,
  timestamp,
  uniqueIndex,
  varchar,
} from "drizzle-orm/pg-core";

// Neither is exported: the tables know them.
const Mood = pgEnum("Mood", { sad: "sad", happy: "happy" });
const hidden = pgSchema("hidden");
const state = hidden.enum("state", ["on", "off"]);

const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });
const money = customType<{ data: number; driverData: string }>({
  dataType: () => "numeric(10, 2)",
  toDriver: (value) => value.toFixed(2),
});
const upper = customType<{ data: string }>({
  dataType: () => "text",
  toDriver: (value) => sql`upper(${value})`,
});
const ownMood = customType<{ data: string }>({ dataType: () => "Mood" });

const values = pgTable("values", {
  nothing: integer("nothing").default(sql`null`),
  big: bigint("big", { mode: "bigint" }).default(-9223372036854775808n),
  numericBig: numeric("numeric_big", { mode: "bigint" }).default(12345678901234567890n),
  infinite: doublePrecision("infinite").default(Number.POSITIVE_INFINITY),
  notANumber: real("not_a_number").default(Number.NaN),
  quoted: jsonb("quoted").default({ "it's": 'a "quote"', path: "C:\\x" }),
  jsonText: json("json_text").default('{"already": "json"}'),
  jsonWord: jsonb("json_word").default("word"),
  jsonNumber: jsonb("json_number").default(5),
  bytes: bytes("bytes").default(Buffer.from([0, 255, 39])),
  price: money("price").default(5),
  shout: upper("shout").default("it's"),
  moods: ownMood("moods").default("happy"),
  mood: Mood("mood").array().default(["sad", "happy"]),
  texts: text("texts").array().default(['a "b"', "c,d", "it's", "back\\slash", ""]),
  bigs: bigint("bigs", { mode: "bigint" }).array().default([1n, 2n]),
  dates: date("dates", { mode: "date" })
    .array()
    .default([new Date("2024-02-03T00:00:00Z")]),
  documents: jsonb("documents")
    .array()
    .default([{ a: "it's" }]),
  nested: varchar("nested", { length: 5 })
    .array()
    .array(2)
    .default([
      ["a", "b"],
      ["c", "d"],
    ]),
  point: point("point").default([1.5, -2]),
  pointXy: point("point_xy", { mode: "xy" }).default({ x: 1, y: 2 }),
  line: line("line").default([1, 2, 3]),
  interval: interval("interval", { fields: "minute to second", precision: 3 }).default("10:00"),
  zoned: timestamp("zoned").default(sql`now() at time zone 'utc'`),
  both: integer("both").default(sql`${1} + ${2}`),
});

export const users = pgTable(
  "users",
  {
    id: integer("id").notNull(),
    tenant: integer("tenant").notNull(),
    email: text("email"),
    since: timestamp("since", { withTimezone: true }),
    doubled: integer("doubled").generatedAlwaysAs((): ReturnType<typeof sql> => sql`${users.id} * ${2}`),
    plain: text("plain").generatedAlwaysAs("upper(email)"),
    state: state("state").default("on"),
  },
  (t) => [
    // A foreign key may lead to a unique index.
    uniqueIndex("users_key").on(t.tenant, t.id),
    check("tenant_range", sql`${t.tenant} > ${3} and ${t.tenant} < ${10n}`),
    check("state_known", inArray(t.state, ["on", "off"])),
    check("email_known", sql`${t.email} <> ${"it's"} and ${t.since} > ${new Date("2020-01-01T00:00:00Z")}`),
    index("recent")
      .on(t.since.desc().op("timestamptz_ops"))
      .where(gt(t.since, new Date("2020-01-01T00:00:00Z"))),
    index("spread").using("brin", t.since).with({ pages_per_range: 16, autosummarize: true }),
    index("computed").on(sql`(${t.id} + ${t.tenant})`, t.email.nullsFirst()).concurrently(),
  ],
);

export const posts = pgTable(
  "posts",
  { author: integer("author"), tenant: integer("tenant"), title: text("title") },
  (t) => [
    foreignKey({ name: "posts_author", columns: [t.tenant, t.author], foreignColumns: [users.tenant, users.id] })
      .onDelete("set default")
      .onUpdate("cascade"),
    pgPolicy("authors", {
      to: ["public"],
      using: sql`exists (select 1 from ${users} where ${users.id} = ${t.author} and ${users.tenant} = ${t.tenant})`,
    }),
  ],
);

export const reader = pgRole("keelson_test_reader", { createDb: true });
export const linked = pgPolicy("linked", { for: "delete", using: sql`true` }).link(users);
export const other = alias(users, "other_users");

// A query that is plain text can name a view that is declared after it.
export const top = pgView("top", { id: integer("id") }).as(sql`select id from middle`);
export const bottom = pgView("bottom").as((qb) => qb.select({ id: users.id }).from(users));
export const middle = pgView("middle").as((qb) => qb.select().from(bottom).where(gt(bottom.id, 5)));

export const schema = { values, groups: { more: [values] } };
