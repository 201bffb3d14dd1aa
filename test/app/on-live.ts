import { openEngine } from "../../src/app/open.ts";
import { loadSettings } from "../../src/config/load-settings.ts";

/** Changes a project's live database as its other owners do. */
export async function onLive(cwd: string, ...statements: readonly string[]): Promise<void> {
  const engine = await openEngine(await loadSettings({ cwd }));
  const session = await engine.open("write");
  try {
    await session.script(statements);
  } finally {
    await session.close();
    await engine.close();
  }
}
