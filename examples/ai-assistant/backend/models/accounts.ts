import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  pgEnum,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

/** How far an account has come; only an active one may log in. */
export const userStatus = pgEnum("user_status", ["pending", "active", "locked", "disabled"]);

/** The people who log in. */
export const users = pgTable(
  "users",
  {
    id: integer().primaryKey().generatedByDefaultAsIdentity(),
    email: text().notNull(),
    username: text().notNull().unique(),
    passwordHash: text("password_hash").notNull(),
    status: userStatus().notNull().default("pending"),
    isSuperuser: boolean("is_superuser").notNull().default(false),
    isActive: boolean("is_active").notNull().default(true),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
    lastLoginAt: timestamp("last_login_at", { withTimezone: true }),
  },
  (table) => [
    // One account for one address, however it is written.
    uniqueIndex("users_email_unique").on(sql`lower(${table.email})`),
    check("users_email_check", sql`position('@' in ${table.email}) > 1`),
    check("users_username_check", sql`${table.username} <> ''`),
    check("users_password_hash_check", sql`${table.passwordHash} <> ''`),
  ],
);

/** One row for each time that somebody logged in; an access token names its row, and ends with it. */
export const userSessions = pgTable(
  "user_sessions",
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
    revokedAt: timestamp("revoked_at", { withTimezone: true }),
  },
  (table) => [
    index("user_sessions_user_id_index").on(table.userId),
    index("user_sessions_expires_at_index").on(table.expiresAt),
    check("user_sessions_expires_at_check", sql`${table.expiresAt} > ${table.createdAt}`),
  ],
);
