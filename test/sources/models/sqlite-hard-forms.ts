import { gt, sql } from "drizzle-orm";
import {
  blob,
  check,
  customType,
  index,
  integer,
  numeric,
  primaryKey,
  real,
  sqliteTable,
  sqliteView,
  text,
} from "drizzle-orm/sqlite-core";

const percent = customType<{ data: number; driverData: string }>({
  dataType: () => "TEXT",
  toDriver: (value) => `${value} %`,
});

export const values = sqliteTable("values", {
  moment: integer("moment", { mode: "timestamp" }).default(new Date("2024-02-03T04:05:06.789Z")),
  momentMs: integer("moment_ms", { mode: "timestamp_ms" }).default(new Date("2024-02-03T04:05:06.789Z")),
  bytes: blob("bytes", { mode: "buffer" }).default(Buffer.from([0, 255, 39])),
  document: text("document", { mode: "json" }).default({ "it's": 'a "quote"' }),
  documentBlob: blob("document_blob", { mode: "json" }).default({ a: 1 }),
  big: blob("big", { mode: "bigint" }).default(12345678901234567890n),
  numericBig: numeric("numeric_big", { mode: "bigint" }).default(12345678901234567890n),
  infinite: real("infinite").default(Number.POSITIVE_INFINITY),
  lower: text("lower").default(sql`lower(${"it's"}) || ')'`),
  date: text("date").default(sql`current_date`),
  text: text("text").default(sql`'a'`),
  share: percent("share").default("5" as unknown as number),
});

export const items = sqliteTable(
  "items",
  { id: integer("id"), part: integer("part"), at: integer("at", { mode: "timestamp" }) },
  (t) => [
    primaryKey({ name: "items_key", columns: [t.id, t.part] }),
    check("part_range", sql`${t.part} > ${3} and ${t.part} <> ${-1}`),
    index("recent")
      .on(sql`${t.at} desc`, t.id)
      .where(gt(t.at, new Date("2020-01-01T00:00:00Z"))),
  ],
);

export const top = sqliteView("top", { id: integer("id") }).as(sql`select id from bottom`);
export const bottom = sqliteView("bottom").as((qb) => qb.select().from(items).where(gt(items.part, 5)));
