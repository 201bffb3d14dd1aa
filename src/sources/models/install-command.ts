import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

const managers = [
  ["pnpm-lock.yaml", "pnpm add"],
  ["yarn.lock", "yarn add"],
  ["bun.lock", "bun add"],
  ["bun.lockb", "bun add"],
  ["package-lock.json", "npm install"],
] as const;

/** The command that installs a package with the package manager whose lock file lies nearest to a project's folder. */
export function installCommand(name: string, root: string): string {
  for (let folder = root; ; folder = dirname(folder)) {
    const found = managers.find(([file]) => existsSync(join(folder, file)));
    if (found !== undefined) return `${found[1]} ${name}`;
    if (dirname(folder) === folder) return `npm install ${name}`;
  }
}
