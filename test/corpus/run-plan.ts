import type { ParsedStatement } from "../../src/engines/engine.ts";
import type { Plan } from "../../src/plan/plan.ts";
import type { CaseDatabase } from "./case-database.ts";

/** Runs a plan as a revision would be run: in one transaction, but for what has to be committed before the rest. */
export async function runPlan(database: CaseDatabase, plan: Plan): Promise<void> {
  const { engine, session } = database;
  const parsed = await parsePlan(database, plan);
  await session.script(parsed.filter(({ mode }) => mode === "setting").map(({ sql }) => sql));
  let open: string[] = [];
  const commit = async (): Promise<void> => {
    if (open.length === 0) return;
    await session.script([engine.sql.begin, ...open]);
    const problems = await engine.checkStep(session);
    if (problems.length > 0) throw new Error(problems.join("; "));
    await session.query("COMMIT");
    open = [];
  };
  try {
    for (const { sql, mode } of parsed) {
      if (mode === "setting") continue;
      if (mode === "transactional") open.push(sql);
      else {
        await commit();
        await session.query(sql);
      }
    }
    await commit();
  } catch (error) {
    await session.rollback();
    throw error;
  } finally {
    if (session.dialect === "sqlite") await session.query("PRAGMA foreign_keys=ON");
  }
}

/** What stands in a plan's way on the rows that are there, as a run finds it before its first statement. */
export async function findObstacles(database: CaseDatabase, plan: Plan): Promise<readonly string[]> {
  const { engine, session } = database;
  const found: string[] = [];
  for (const { title, sql } of plan.requirements) {
    const { rows } = await session.query(`SELECT 1 AS found FROM (\n${sql}\n) AS rows LIMIT 1`);
    if (rows.length > 0) found.push(title);
  }
  const obstacles = await engine.findObstacles(session, await parsePlan(database, plan));
  return [...found, ...obstacles.filter((obstacle) => obstacle !== null)];
}

async function parsePlan({ engine }: CaseDatabase, plan: Plan): Promise<readonly ParsedStatement[]> {
  return await engine.parse(plan.statements.map(({ sql }) => `${sql};`).join("\n"));
}
