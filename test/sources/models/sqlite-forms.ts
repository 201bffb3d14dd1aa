import { eq, sql } from "drizzle-orm";
import {
  blob,
  check,
  customType,
  foreignKey,
  index,
  integer,
  numeric,
  primaryKey,
  real,
  sqliteTable,
  sqliteView,
  text,
  unique,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";

export const orgs = sqliteTable("orgs", { id: integer().primaryKey({ autoIncrement: true }), name: text().notNull() });

export const users = sqliteTable(
  "users",
  {
    id: integer().primaryKey(),
    orgId: integer("org_id").references(() => orgs.id, { onDelete: "cascade", onUpdate: "set null" }),
    managerId: integer(),
    email: text().notNull().unique(),
    nickName: text().unique("nick"),
    firstName: text(),
    lastName: text(),
    fullName: text().generatedAlwaysAs(sql`first_name || ' ' || last_name`),
    stored: text().generatedAlwaysAs(sql`upper(email)`, { mode: "stored" }),
  },
  (t) => [
    foreignKey({ name: "manager", columns: [t.managerId], foreignColumns: [t.id] }),
    unique().on(t.orgId, t.email),
    unique("names").on(t.firstName, t.lastName),
    index("by_org").on(t.orgId),
    uniqueIndex("by_lower_email").on(sql`lower(${t.email})`).where(sql`${t.orgId} is not null`),
    index("created").on(t.nickName),
    check("email_has_at", sql`email like '%@%'`),
    check("org_positive", sql`${t.orgId} > 0`),
  ],
);

export const everyType = sqliteTable("every_type", {
  integer: integer().default(-5),
  boolean: integer({ mode: "boolean" }).default(true),
  timestamp: integer({ mode: "timestamp" }),
  timestampMs: integer("timestamp_ms", { mode: "timestamp_ms" }).default(sql`(unixepoch() * 1000)`),
  real: real().default(1.5),
  numeric: numeric().default("2.5"),
  numericNumber: numeric("numeric_number", { mode: "number" }).default(2.5),
  numericBigint: numeric("numeric_bigint", { mode: "bigint" }),
  text: text().default("it's"),
  textLength: text("text_length", { length: 20 }),
  textEnum: text("text_enum", { enum: ["a", "b"] }).default("a"),
  textJson: text("text_json", { mode: "json" }).default({ a: 1 }),
  blob: blob(),
  blobBuffer: blob("blob_buffer", { mode: "buffer" }),
  blobJson: blob("blob_json", { mode: "json" }),
  blobBigint: blob("blob_bigint", { mode: "bigint" }),
  now: text().default(sql`CURRENT_TIMESTAMP`),
  enclosed: text().default(sql`(lower('X'))`),
  custom: customType<{ data: string }>({ dataType: () => "VARCHAR(7)" })(),
});

export const members = sqliteTable(
  "members",
  {
    userId: integer()
      .notNull()
      .references(() => users.id),
    orgId: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.orgId] })],
);
export const single = sqliteTable("single", { a: integer(), b: text() }, (t) => [primaryKey({ columns: [t.a] })]);
export const activeUsers = sqliteView("active_users").as((qb) => qb.select().from(orgs).where(eq(orgs.name, "it's")));
export const elsewhere = sqliteView("elsewhere", { id: integer() }).existing();
