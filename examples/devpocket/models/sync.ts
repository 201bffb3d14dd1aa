import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { devices } from "./devices.ts";
import { users } from "./users.ts";

/** What kind of thing is carried from device to device. */
export const syncDataType = pgEnum("sync_data_type", ["commands", "sessions", "ssh_profiles", "settings"]);

/** Who wins, or won, where two devices changed the same thing. */
export const conflictResolution = pgEnum("conflict_resolution", [
  "last_write_wins",
  "keep_local",
  "keep_remote",
  "merge",
  "ask",
]);

/** The newest state of one thing that a user's devices share. */
export const syncData = pgTable(
  "sync_data",
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    deviceId: uuid("device_id").references(() => devices.id, { onDelete: "set null" }),
    dataType: syncDataType("data_type").notNull(),
    syncKey: text("sync_key").notNull(),
    version: integer().notNull().default(1),
    data: jsonb().notNull(),
    deviceMetadata: jsonb("device_metadata").notNull().default({}),
    conflictResolution: conflictResolution("conflict_resolution").notNull().default("last_write_wins"),
    isDeleted: boolean("is_deleted").notNull().default(false),
    syncedAt: timestamp("synced_at", { withTimezone: true }),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    unique("sync_data_key_unique").on(table.userId, table.dataType, table.syncKey),
    index("sync_data_changed").on(table.userId, table.updatedAt),
    index("sync_data_device").on(table.deviceId),
    check("sync_data_version_positive", sql`${table.version} >= 1`),
  ],
);

/** The states that came before, by version. */
export const syncVersions = pgTable(
  "sync_versions",
  {
    syncDataId: uuid("sync_data_id")
      .notNull()
      .references(() => syncData.id, { onDelete: "cascade" }),
    version: integer().notNull(),
    deviceId: uuid("device_id").references(() => devices.id, { onDelete: "set null" }),
    data: jsonb().notNull(),
    writtenAt: timestamp("written_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ name: "sync_versions_pkey", columns: [table.syncDataId, table.version] }),
    index("sync_versions_device").on(table.deviceId),
    check("sync_versions_version_positive", sql`${table.version} >= 1`),
  ],
);

/** Two devices that changed the same version, and what was made of it. */
export const syncConflicts = pgTable(
  "sync_conflicts",
  {
    id: uuid().primaryKey().defaultRandom(),
    syncDataId: uuid("sync_data_id")
      .notNull()
      .references(() => syncData.id, { onDelete: "cascade" }),
    deviceId: uuid("device_id").references(() => devices.id, { onDelete: "set null" }),
    localVersion: integer("local_version").notNull(),
    remoteVersion: integer("remote_version").notNull(),
    localData: jsonb("local_data").notNull(),
    remoteData: jsonb("remote_data").notNull(),
    resolution: conflictResolution(),
    foundAt: timestamp("found_at", { withTimezone: true }).notNull().defaultNow(),
    resolvedAt: timestamp("resolved_at", { withTimezone: true }),
  },
  (table) => [
    index("sync_conflicts_data").on(table.syncDataId),
    index("sync_conflicts_device").on(table.deviceId),
    index("sync_conflicts_open").on(table.foundAt).where(sql`${table.resolvedAt} IS NULL`),
    check("sync_conflicts_versions_positive", sql`${table.localVersion} >= 1 AND ${table.remoteVersion} >= 1`),
    check("sync_conflicts_resolved", sql`(${table.resolution} IS NULL) = (${table.resolvedAt} IS NULL)`),
  ],
);
