import { boolean, index, jsonb, pgTable, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";
import { users } from "./users.ts";

/** A text with gaps, to begin a conversation with. One without an owner belongs to everybody. */
export const templates = pgTable(
  "templates",
  {
    id: uuid().primaryKey().defaultRandom(),
    ownerId: uuid("owner_id").references(() => users.id, { onDelete: "cascade" }),
    name: text().notNull(),
    body: text().notNull(),
    variables: jsonb().notNull().default([]),
    isPublic: boolean("is_public").notNull().default(false),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    unique("templates_owner_name").on(table.ownerId, table.name).nullsNotDistinct(),
    index("templates_public").on(table.isPublic),
  ],
);
