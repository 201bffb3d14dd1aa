import { downgrade, previewDowngrade } from "../../app/downgrade.ts";
import type { VerbRunner } from "../call.ts";
import { moveDatabase } from "./move-database.ts";

/** Runs `keelson downgrade`. */
export const runDowngrade: VerbRunner<"downgrade"> = (call) =>
  moveDatabase(call, { run: downgrade, preview: previewDowngrade });
