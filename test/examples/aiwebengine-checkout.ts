import { cp, mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../support/project.ts";
import { type Run, startProgram } from "../support/run-keelson.ts";
import { openShell, type Shell, type ShellVariables } from "./shell.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url));

/** A copy of the example that a test may change as it likes. */
export interface Checkout {
  /** The folder of the example. */
  readonly folder: string;
  /** A terminal in that folder. */
  readonly shell: Shell;
  path(...parts: readonly string[]): string;
  /** Starts the example's server and leaves it running. */
  serve(options: { readonly configuration?: string; readonly env: ShellVariables }): Run;
}

/** A folder that stands for this repository, so that a test's npm can't change the real one. */
export async function standIn(): Promise<string> {
  const root = await temporaryFolder("checkout");
  for (const part of ["package.json", "dist", "node_modules"]) await symlink(join(repository, part), join(root, part));
  return root;
}

/**
 * Copies the example to where it stands in a checkout of its own, so that `file:../..` is Keelson there too. Its other
 * packages are those of this repository, so that `npm install` needs no network.
 */
export async function checkOutExample(): Promise<Checkout> {
  const folder = join(await standIn(), "examples", "aiwebengine");
  const path = (...parts: readonly string[]) => join(folder, ...parts);
  await cp(join(repository, "examples", "aiwebengine"), folder, {
    recursive: true,
    filter: (source) => !/\/(node_modules|package-lock\.json|\.keelson|\.env)$/.test(source),
  });
  await mkdir(path("node_modules", ".bin"), { recursive: true });
  for (const name of ["pg", "smol-toml"]) {
    await symlink(join(repository, "node_modules", name), path("node_modules", name));
  }
  return {
    folder,
    path,
    shell: await openShell(folder, author),
    serve: ({ configuration, env }) =>
      startProgram(process.execPath, ["server.js", ...(configuration === undefined ? [] : [configuration])], {
        cwd: folder,
        env: { PORT: "0", ...env },
      }),
  };
}

const author = {
  GIT_AUTHOR_NAME: "Someone",
  GIT_AUTHOR_EMAIL: "someone@example.com",
  GIT_COMMITTER_NAME: "Someone",
  GIT_COMMITTER_EMAIL: "someone@example.com",
};

/** Links Keelson into the copy, as `npm install` does. */
export async function linkKeelson(checkout: Checkout): Promise<void> {
  await symlink(join("..", "..", ".."), checkout.path("node_modules", "keelson"));
  await symlink(join("..", "keelson", "dist", "cli", "main.js"), checkout.path("node_modules", ".bin", "keelson"));
}
