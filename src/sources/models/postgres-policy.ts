import type { SQL } from "drizzle-orm";
import type { PgPolicy, PgRole, PgTable } from "drizzle-orm/pg-core";
import type { NamedSql } from "./found-model.ts";
import { type PostgresContext, plainName, qualifiedName } from "./postgres-context.ts";
import { quoteName } from "./sql-words.ts";

/** What Drizzle keeps of a policy. */
interface PolicyFacts {
  readonly name: string;
  readonly as?: string | undefined;
  readonly for?: string | undefined;
  readonly to?: PolicyRole | readonly PolicyRole[] | undefined;
  readonly using?: SQL | undefined;
  readonly withCheck?: SQL | undefined;
  /** The table of a policy that is declared apart from its table. */
  readonly _linkedTable?: PgTable | undefined;
}

type PolicyRole = string | PgRole;

/** What Drizzle keeps of a role. */
interface RoleFacts {
  readonly _existing?: boolean | undefined;
}

// These stand for roles without being one.
const roleWords = new Set(["public", "current_role", "current_user", "session_user"]);

function factsOf(policy: PgPolicy): PolicyFacts {
  return policy as unknown as PolicyFacts;
}

/** The table that a policy declared on its own is linked to, or null. */
export function linkedTable(policy: PgPolicy): PgTable | null {
  return factsOf(policy)._linkedTable ?? null;
}

/** Writes a policy of a table. */
export function policyStatement(policy: PgPolicy, table: PgTable, context: PostgresContext): NamedSql {
  const facts = factsOf(policy);
  const { name, schema } = context.drizzle.postgres.getTableConfig(table);
  const parts = [
    `CREATE POLICY ${quoteName(facts.name)} ON ${qualifiedName(schema, name)}`,
    `AS ${facts.as ?? "permissive"}`,
    `FOR ${facts.for ?? "all"}`,
    `TO ${rolesOf(facts).map(roleInSql).join(", ")}`,
    // A policy looks at other tables in subqueries, where a bare column could mean another one.
    ...(facts.using === undefined ? [] : [`USING (${context.sql.write(facts.using, "qualified")})`]),
    ...(facts.withCheck === undefined ? [] : [`WITH CHECK (${context.sql.write(facts.withCheck, "qualified")})`]),
  ];
  return { sql: parts.join(" "), subject: `policy ${facts.name} of table ${plainName(schema, name)}` };
}

/** Switches row security on for a table. */
export function rowSecurityStatement(table: PgTable, context: PostgresContext): NamedSql {
  const { name, schema } = context.drizzle.postgres.getTableConfig(table);
  return {
    sql: `ALTER TABLE ${qualifiedName(schema, name)} ENABLE ROW LEVEL SECURITY`,
    subject: `row security of table ${plainName(schema, name)}`,
  };
}

/** Whether the model declares a role, and not only describes one that exists. */
export function isDeclaredRole(role: PgRole): boolean {
  return (role as RoleFacts)._existing !== true;
}

function rolesOf(policy: PolicyFacts): readonly string[] {
  const { to } = policy;
  if (to === undefined) return ["public"];
  const roles: readonly PolicyRole[] = Array.isArray(to) ? to : [to as PolicyRole];
  return roles.map((role) => (typeof role === "string" ? role : role.name));
}

function roleInSql(role: string): string {
  return roleWords.has(role.toLowerCase()) ? role : quoteName(role);
}
