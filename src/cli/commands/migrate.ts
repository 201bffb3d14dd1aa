import { migrate, previewMigrate } from "../../app/migrate.ts";
import type { VerbRunner } from "../call.ts";
import { moveDatabase } from "./move-database.ts";

/** Runs `keelson migrate`. */
export const runMigrate: VerbRunner<"migrate"> = (call) =>
  moveDatabase(call, { run: migrate, preview: previewMigrate });
