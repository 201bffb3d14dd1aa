import { rm } from "node:fs/promises";
import { KeelsonError } from "../../../errors.ts";
import { folderState, lockFolder, type PglitePlace, startPglite } from "./start-pglite.ts";

/** Makes the folder of a PGlite database; `database.exists` where it is there. */
export async function createPgliteFolder(place: PglitePlace): Promise<void> {
  const { folder } = place;
  if (folder === null) return;
  if ((await folderState(folder)) === "database") {
    throw new KeelsonError("database.exists", `There is a PGlite database in ${folder} already.`, {
      hint: "Use it as it is, or drop it first with `keelson db drop`.",
      details: { folder },
    });
  }
  const running = await startPglite(place, { create: true });
  await running.stop();
}

/**
 * Removes the folder of a PGlite database: only one that really is a data directory, and that no other process uses.
 * Force ends no other process here, so it changes nothing.
 */
export async function dropPgliteFolder(folder: string | null): Promise<void> {
  if (folder === null) return;
  const state = await folderState(folder);
  if (state === "missing") {
    throw new KeelsonError("database.missing", `There is no PGlite database in ${folder}.`, {
      hint: "Check the folder's name in the connection.",
      details: { folder },
    });
  }
  if (state === "other") {
    throw new KeelsonError(
      "connection.url",
      `The folder ${folder} holds other files than a PGlite database; it was left as it is.`,
      {
        hint: "Remove it yourself if it is not needed.",
        details: { folder },
      },
    );
  }
  const lock = await lockFolder(folder);
  try {
    await rm(folder, { recursive: true, force: true });
  } finally {
    await lock.release();
  }
}
