import { pgEnum, pgTable, text, timestamp } from "drizzle-orm/pg-core";

export const userRole = pgEnum("user_role", ["admin", "user", "moderator"]);

/** What a user is; revisions keep one row for each value of the enum. */
export const roles = pgTable("roles", {
  name: userRole().primaryKey(),
  description: text().notNull().default(""),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
});
