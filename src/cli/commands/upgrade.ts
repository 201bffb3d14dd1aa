import { previewUpgrade, upgrade } from "../../app/upgrade.ts";
import type { VerbRunner } from "../call.ts";
import { moveDatabase } from "./move-database.ts";

/** Runs `keelson upgrade`. */
export const runUpgrade: VerbRunner<"upgrade"> = (call) =>
  moveDatabase(call, { run: upgrade, preview: previewUpgrade });
