import type { TableSummary } from "../engines/engine.ts";

/** A migration tool whose ledger can be told by its table's shape. */
interface LedgerShape {
  readonly tool: string;
  readonly tables: readonly string[];
  /** Columns that the table must have; other tools use the same table name with other columns. */
  readonly columns: readonly string[];
}

/** Names alone do not tell: `schema_migrations` belongs to three tools, `migrations` to two. */
const shapes: readonly LedgerShape[] = [
  { tool: "Alembic", tables: ["alembic_version"], columns: ["version_num"] },
  { tool: "SQLx", tables: ["_sqlx_migrations"], columns: ["version", "description", "success", "checksum"] },
  { tool: "Prisma Migrate", tables: ["_prisma_migrations"], columns: ["migration_name", "finished_at", "checksum"] },
  { tool: "Drizzle", tables: ["__drizzle_migrations"], columns: ["hash", "created_at"] },
  { tool: "Flyway", tables: ["flyway_schema_history"], columns: ["installed_rank", "version", "checksum"] },
  { tool: "Liquibase", tables: ["databasechangelog"], columns: ["id", "author", "filename", "md5sum"] },
  { tool: "knex", tables: ["knex_migrations"], columns: ["name", "batch", "migration_time"] },
  { tool: "node-pg-migrate", tables: ["pgmigrations"], columns: ["name", "run_on"] },
  { tool: "graphile-migrate", tables: ["migrations"], columns: ["hash", "previous_hash", "filename"] },
  { tool: "golang-migrate", tables: ["schema_migrations"], columns: ["version", "dirty"] },
  { tool: "goose", tables: ["goose_db_version"], columns: ["version_id", "is_applied"] },
  { tool: "Django", tables: ["django_migrations"], columns: ["app", "name", "applied"] },
  { tool: "Sequelize (umzug)", tables: ["SequelizeMeta"], columns: ["name"] },
  { tool: "TypeORM", tables: ["migrations"], columns: ["timestamp", "name"] },
  { tool: "Kysely", tables: ["kysely_migration"], columns: ["name", "timestamp"] },
  { tool: "MikroORM", tables: ["mikro_orm_migrations"], columns: ["name", "executed_at"] },
  { tool: "Sqitch", tables: ["changes"], columns: ["change_id", "script_hash", "planner_name"] },
  { tool: "Rails or dbmate", tables: ["schema_migrations"], columns: ["version"] },
];

/** A ledger that another migration tool keeps in the database. */
export interface OtherLedger {
  readonly tool: string;
  readonly table: string;
}

/** Names the ledgers of other migration tools among the given tables, by table name and columns together. */
export function findOtherLedgers(tables: readonly TableSummary[]): readonly OtherLedger[] {
  const found: OtherLedger[] = [];
  for (const table of tables) {
    if (table.kind !== "table") continue;
    const columns = new Set(table.columns.map((column) => column.name.toLowerCase()));
    const shape = shapes.find(
      (candidate) =>
        candidate.tables.some((name) => name.toLowerCase() === table.name.toLowerCase()) &&
        candidate.columns.every((column) => columns.has(column)),
    );
    if (shape !== undefined) {
      found.push({ tool: shape.tool, table: table.schema === null ? table.name : `${table.schema}.${table.name}` });
    }
  }
  return found;
}
