import { readFileSync } from "node:fs";

/** The version of this package, as its `package.json` says. */
export function packageVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return String(JSON.parse(text).version);
}
