import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { users } from "./users.ts";

/** The algorithm of a key. */
export const sshKeyType = pgEnum("ssh_key_type", ["ed25519", "ecdsa", "rsa"]);

/** How a profile logs in. */
export const authMethod = pgEnum("auth_method", ["password", "key"]);

/** A key pair; the private half is stored encrypted or not at all. */
export const sshKeys = pgTable(
  "ssh_keys",
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    name: text().notNull(),
    keyType: sshKeyType("key_type").notNull(),
    bits: integer(),
    publicKey: text("public_key").notNull(),
    encryptedPrivateKey: text("encrypted_private_key"),
    fingerprint: text().notNull(),
    hasPassphrase: boolean("has_passphrase").notNull().default(false),
    lastUsedAt: timestamp("last_used_at", { withTimezone: true }),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    unique("ssh_keys_user_id_unique").on(table.userId, table.id),
    unique("ssh_keys_user_name_unique").on(table.userId, table.name),
    unique("ssh_keys_user_fingerprint_unique").on(table.userId, table.fingerprint),
    // What ssh-keygen -l prints: the SHA-256 in 43 characters of base64.
    check("ssh_keys_fingerprint_form", sql`${table.fingerprint} ~ '^SHA256:[A-Za-z0-9+/]{43}$'`),
    check("ssh_keys_rsa_bits", sql`${table.keyType} <> 'rsa' OR ${table.bits} >= 2048`),
  ],
);

/** A host that a user connects to, and how. */
export const sshProfiles = pgTable(
  "ssh_profiles",
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    sshKeyId: uuid("ssh_key_id"),
    name: text().notNull(),
    host: text().notNull(),
    port: integer().notNull().default(22),
    username: text().notNull(),
    authMethod: authMethod("auth_method").notNull(),
    strictHostKeyChecking: boolean("strict_host_key_checking").notNull().default(true),
    options: jsonb().notNull().default({}),
    isActive: boolean("is_active").notNull().default(true),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    unique("ssh_profiles_user_name_unique").on(table.userId, table.name),
    // The user is part of it: nobody logs in with a key of somebody else. A key in use can't be deleted, but goes with its user.
    foreignKey({
      name: "ssh_profiles_key_of_user",
      columns: [table.userId, table.sshKeyId],
      foreignColumns: [sshKeys.userId, sshKeys.id],
    }),
    index("ssh_profiles_key").on(table.sshKeyId),
    check("ssh_profiles_port_range", sql`${table.port} BETWEEN 1 AND 65535`),
    check("ssh_profiles_key_present", sql`${table.authMethod} <> 'key' OR ${table.sshKeyId} IS NOT NULL`),
  ],
);
