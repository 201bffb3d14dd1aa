import { sql } from "drizzle-orm";
import { boolean, check, index, pgEnum, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { roles, userRole } from "./roles.ts";

export const userStatus = pgEnum("user_status", ["pending", "active", "locked", "disabled"]);

export const passwordScheme = pgEnum("password_scheme", ["unknown", "bcrypt", "argon2id"]);

/** Everybody who may sign in. Each has one role, and what that role permits. */
export const users = pgTable(
  "users",
  {
    id: uuid().primaryKey().defaultRandom(),
    email: text().notNull(),
    displayName: text("display_name").notNull().default(""),
    passwordHash: text("password_hash").notNull(),
    role: userRole()
      .notNull()
      .default("user")
      .references(() => roles.name),
    status: userStatus().notNull().default("active"),
    lastLoginAt: timestamp("last_login_at", { withTimezone: true }),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
    passwordScheme: passwordScheme("password_scheme").notNull().default("unknown"),
    emailVerified: boolean("email_verified").notNull().default(false),
  },
  (table) => [
    uniqueIndex("users_email_key").on(sql`lower(${table.email})`),
    index("users_role").on(table.role),
    index("users_password_scheme").on(table.passwordScheme),
    check("users_email_check", sql`${table.email} ~ '^[^@[:space:]]+@[^@[:space:]]+$'`),
    check("users_password_hash_check", sql`${table.passwordHash} LIKE '$%'`),
    check(
      "users_password_scheme_check",
      sql`(${table.passwordScheme} = 'argon2id') = (${table.passwordHash} LIKE '$argon2id$%')`,
    ),
  ],
);
