import type { Catalog } from "../catalog/catalog.ts";
import { withoutPrivileges } from "../catalog/privileges.ts";
import type { Engine } from "../engines/engine.ts";
import { withoutExternalObjects } from "./external-schema.ts";
import { openEngineAt } from "./open.ts";
import type { Project } from "./project.ts";
import { isDatabase, type SchemaOperand } from "./schema-operand.ts";

/** A database as it is, without a detour over a scratch database. */
export interface ReadDatabase {
  readonly name: string;
  readonly catalog: Catalog;
}

/**
 * Reads two databases that can be compared as they are, because servers of one version print one schema alike; null where
 * an operand is no database, or the versions differ.
 */
export async function readDirectly(
  operands: readonly [SchemaOperand, SchemaOperand],
  project: Project,
): Promise<readonly [ReadDatabase, ReadDatabase] | null> {
  if (!operands.every(isDatabase)) return null;
  const a = await readOperand(operands[0], project);
  const b = await readOperand(operands[1], project);
  return a.catalog.serverVersion === b.catalog.serverVersion ? [a, b] : null;
}

async function readOperand(operand: SchemaOperand, project: Project): Promise<ReadDatabase> {
  if (operand.is !== "url") return await readLive(project.engine, project);
  const opened = await openEngineAt({ url: operand.url, source: "the command line" }, { settings: project.settings });
  const engine = withoutExternalObjects(opened, project.settings.external.tables);
  try {
    return await readLive(engine, project);
  } finally {
    await engine.close();
  }
}

async function readLive(engine: Engine, { settings, on }: Project): Promise<ReadDatabase> {
  on({ event: "working", doing: `Reading ${engine.label}` });
  const session = await engine.open("read");
  try {
    const read = await engine.introspect(session, { owners: "stated" });
    return { name: engine.label, catalog: settings.privileges === "ignored" ? withoutPrivileges(read) : read };
  } finally {
    await session.close();
  }
}
