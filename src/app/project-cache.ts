import { join } from "node:path";
import type { Settings } from "../config/settings.ts";

/** The project's folder for what can be made again, kept out of git by whoever writes to it. */
export function projectCache({ root }: Pick<Settings, "root">): string {
  return join(root, ".keelson", "cache");
}
