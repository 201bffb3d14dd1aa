import { sql } from "drizzle-orm";
import { check, index, inet, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { users } from "./users.ts";

/** Who is signed in, from where, until when. The token itself is stored nowhere. */
export const userSessions = pgTable(
  "user_sessions",
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    tokenHash: text("token_hash").notNull().unique(),
    ipAddress: inet("ip_address"),
    userAgent: text("user_agent"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
    revokedAt: timestamp("revoked_at", { withTimezone: true }),
  },
  (table) => [
    index("user_sessions_user").on(table.userId),
    index("user_sessions_open").on(table.expiresAt).where(sql`${table.revokedAt} IS NULL`),
    check("user_sessions_expires_at_check", sql`${table.expiresAt} > ${table.createdAt}`),
  ],
);
