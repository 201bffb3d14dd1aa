import { sql } from "drizzle-orm";
import { boolean, check, jsonb, pgEnum, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { users } from "./users.ts";

export const theme = pgEnum("theme", ["system", "light", "dark"]);

/** How a user wants to have the engine; one row at most for each. */
export const userPreferences = pgTable(
  "user_preferences",
  {
    userId: uuid("user_id")
      .primaryKey()
      .references(() => users.id, { onDelete: "cascade" }),
    theme: theme().notNull().default("system"),
    language: text().notNull().default("en"),
    timeZone: text("time_zone").notNull().default("UTC"),
    mailNotifications: boolean("mail_notifications").notNull().default(true),
    other: jsonb().notNull().default({}),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [check("user_preferences_language_check", sql`${table.language} ~ '^[a-z]{2}(-[A-Z]{2})?$'`)],
);
