import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { users } from "./users.ts";

/** What a model is told before a conversation, in numbered texts; at most one text of a name is active. */
export const systemPrompts = pgTable(
  "system_prompts",
  {
    id: uuid().primaryKey().defaultRandom(),
    name: text().notNull(),
    number: integer().notNull().default(1),
    content: text().notNull(),
    isActive: boolean("is_active").notNull().default(false),
    createdBy: uuid("created_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    unique("system_prompts_name_number").on(table.name, table.number),
    uniqueIndex("system_prompts_active").on(table.name).where(sql`${table.isActive}`),
    index("system_prompts_created_by").on(table.createdBy),
    check("system_prompts_number_check", sql`${table.number} > 0`),
  ],
);
