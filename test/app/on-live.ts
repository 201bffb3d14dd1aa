import { openEngine } from "../../src/app/open.ts";
import { loadSettings } from "../../src/config/load-settings.ts";
import type { Engine } from "../../src/engines/engine.ts";

/** Changes a project's live database as its other owners do. */
export async function onLive(cwd: string, ...statements: readonly string[]): Promise<void> {
  await runAndClose(await openEngine(await loadSettings({ cwd })), statements);
}

/** Runs statements over an engine that is needed for nothing else. */
export async function runAndClose(engine: Engine, statements: readonly string[]): Promise<void> {
  const session = await engine.open("write");
  try {
    await session.script(statements);
  } finally {
    await session.close();
    await engine.close();
  }
}
