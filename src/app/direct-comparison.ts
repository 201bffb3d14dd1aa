import type { Catalog } from "../catalog/catalog.ts";
import type { Engine, Session } from "../engines/engine.ts";
import { readDatabase } from "./database-statements.ts";
import type { Project } from "./project.ts";
import { isDatabase, type SchemaOperand, withOperandEngine } from "./schema-operand.ts";

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
  [a, b]: readonly [SchemaOperand, SchemaOperand],
  project: Project,
): Promise<readonly [ReadDatabase, ReadDatabase] | null> {
  if (!isDatabase(a) || !isDatabase(b)) return null;
  return await withReading(a, project, async (one) => {
    return await withReading(b, project, async (other) => {
      if ((await versionOf(one)) !== (await versionOf(other))) return null;
      return await Promise.all([read(one, project), read(other, project)]);
    });
  });
}

interface Reading {
  readonly engine: Engine;
  readonly session: Session;
}

async function withReading<Result>(
  operand: SchemaOperand,
  project: Project,
  work: (reading: Reading) => Promise<Result>,
): Promise<Result> {
  return await withOperandEngine(operand, project, async (engine) => {
    const session = await engine.open("read");
    try {
      return await work({ engine, session });
    } finally {
      await session.close();
    }
  });
}

/** Asked before anything is read: where the versions differ, both are made on a scratch server, and read for that. */
async function versionOf({ engine, session }: Reading): Promise<string> {
  return (await engine.describe(session)).version;
}

async function read({ engine, session }: Reading, { settings, on }: Project): Promise<ReadDatabase> {
  on({ event: "working", doing: `Reading ${engine.label}` });
  const reading = { owners: "stated", privileges: settings.privileges !== "ignored" } as const;
  return { name: engine.label, catalog: await readDatabase(engine, session, reading) };
}
