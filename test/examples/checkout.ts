import { cp, mkdir, readFile, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../support/project.ts";
import { openShell, type Shell } from "./shell.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url));

/** A copy of an example that a test may change as it likes. */
export interface Checkout {
  /** The folder of the example. */
  readonly folder: string;
  /** A terminal in that folder. */
  readonly shell: Shell;
  path(...parts: readonly string[]): string;
}

/** A folder that stands for this repository, so that a test's npm can't change the real one. */
export async function standIn(): Promise<string> {
  const root = await temporaryFolder("checkout");
  for (const part of ["package.json", "dist", "node_modules"]) await symlink(join(repository, part), join(root, part));
  return root;
}

/**
 * Copies an example to where it stands in a checkout of its own, so that `file:../..` is Keelson there too. Its other
 * packages are those of this repository, so that `npm install` needs no network.
 */
export async function checkOutExample(name: string): Promise<Checkout> {
  const folder = join(await standIn(), "examples", name);
  const path = (...parts: readonly string[]) => join(folder, ...parts);
  await cp(join(repository, "examples", name), folder, {
    recursive: true,
    filter: (source) => !/\/(node_modules|package-lock\.json|\.keelson|\.env|\.local|secrets)$/.test(source),
  });
  await mkdir(path("node_modules", ".bin"), { recursive: true });
  for (const needed of await packagesOf(path("package.json"))) {
    await mkdir(dirname(path("node_modules", needed)), { recursive: true });
    await symlink(join(repository, "node_modules", needed), path("node_modules", needed));
  }
  return { folder, path, shell: await openShell(folder, author) };
}

/** Links Keelson into the copy, as `npm install` does. */
export async function linkKeelson(checkout: Checkout): Promise<void> {
  await symlink(join("..", "..", ".."), checkout.path("node_modules", "keelson"));
  await symlink(join("..", "keelson", "dist", "cli", "main.js"), checkout.path("node_modules", ".bin", "keelson"));
}

async function packagesOf(file: string): Promise<readonly string[]> {
  const declared: unknown = JSON.parse(await readFile(file, "utf8"));
  const dependencies = (declared as { readonly dependencies?: Readonly<Record<string, string>> }).dependencies ?? {};
  return Object.keys(dependencies).filter((name) => name !== "keelson");
}

const author = {
  GIT_AUTHOR_NAME: "Someone",
  GIT_AUTHOR_EMAIL: "someone@example.com",
  GIT_COMMITTER_NAME: "Someone",
  GIT_COMMITTER_EMAIL: "someone@example.com",
};
