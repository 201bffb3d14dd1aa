import { sql } from "drizzle-orm";
import { bigint, boolean, check, jsonb, pgEnum, pgTable, text, timestamp } from "drizzle-orm/pg-core";

export const policyKind = pgEnum("policy_kind", ["password", "session", "access", "rate_limit"]);

/** Rules that the engine follows, such as how long a session lasts. */
export const securityPolicies = pgTable(
  "security_policies",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    name: text().notNull().unique(),
    kind: policyKind().notNull(),
    description: text().notNull().default(""),
    rules: jsonb().notNull(),
    isEnabled: boolean("is_enabled").notNull().default(true),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [check("security_policies_rules_check", sql`jsonb_typeof(${table.rules}) = 'object'`)],
);
