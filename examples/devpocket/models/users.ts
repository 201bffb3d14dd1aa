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

/** What an account is paid for. */
export const subscriptionTier = pgEnum("subscription_tier", ["free", "pro", "team"]);

/** What an account may do. */
export const userRole = pgEnum("user_role", ["user", "admin"]);

/** A person with an account. */
export const users = pgTable(
  "users",
  {
    id: uuid().primaryKey().defaultRandom(),
    email: text().notNull(),
    username: text().notNull().unique(),
    passwordHash: text("password_hash").notNull(),
    fullName: text("full_name"),
    role: userRole().notNull().default("user"),
    subscriptionTier: subscriptionTier("subscription_tier").notNull().default("free"),
    isActive: boolean("is_active").notNull().default(true),
    isVerified: boolean("is_verified").notNull().default(false),
    isTestUser: boolean("is_test_user").notNull().default(false),
    failedLogins: integer("failed_logins").notNull().default(0),
    lockedUntil: timestamp("locked_until", { withTimezone: true }),
    lastLoginAt: timestamp("last_login_at", { withTimezone: true }),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("users_email_unique").on(sql`lower(${table.email})`),
    index("users_tier_active").on(table.subscriptionTier, table.isActive),
    index("users_created_at").on(table.createdAt),
    check("users_email_form", sql`${table.email} LIKE '%_@_%'`),
    check("users_username_length", sql`char_length(${table.username}) BETWEEN 3 AND 64`),
    check("users_failed_logins_positive", sql`${table.failedLogins} >= 0`),
  ],
);
