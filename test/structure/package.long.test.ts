import { execFile } from "node:child_process";
import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { makeProject, temporaryFolder } from "../support/project.ts";

const execute = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));

const consumer = `
import { defineConfig, isKeelsonError, type RunReport, upgrade } from "keelson";
import { type PostgresServer, startPostgres } from "keelson/testing";

export const configuration = defineConfig({ migrations: "migrations" });
export async function start(): Promise<RunReport> {
  const server: PostgresServer = await startPostgres({ major: 17 });
  return await upgrade({ url: server.url() }).catch((error: unknown) => {
    throw isKeelsonError(error, "lock.timeout") ? new Error("busy") : error;
  });
}
`;

const tsconfig = {
  compilerOptions: {
    target: "es2023",
    lib: ["es2023"],
    module: "nodenext",
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    types: ["node"],
    noEmit: true,
  },
  include: ["consumer.ts"],
};

test("the packed package installs, runs, migrates and type-checks in a project of its own", async () => {
  const tarballs = await temporaryFolder("pack");
  const packed = await execute("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", tarballs], {
    cwd: root,
  });
  const [{ filename, files }] = JSON.parse(packed.stdout) as [{ filename: string; files: readonly { path: string }[] }];
  const paths = files.map((file) => file.path);
  expect(paths).toEqual(
    expect.arrayContaining(["LICENSE", "README.md", "CHANGELOG.md", "dist/cli/main.js", "dist/index.d.ts"]),
  );
  expect(paths.filter((path) => /\.test\.|^(src|test|scripts)\//.test(path))).toEqual([]);

  const project = await makeProject({
    files: {
      "package.json": JSON.stringify({ name: "consumer", type: "module", private: true }),
      "tsconfig.json": JSON.stringify(tsconfig),
      "consumer.ts": consumer,
      "migrations/1_users.sql": "CREATE TABLE users (id integer PRIMARY KEY);\n",
    },
  });
  const run = (program: string, ...args: readonly string[]) => execute(program, args, { cwd: project.root });
  await run("npm", "install", "--omit=optional", "--no-audit", "--no-fund", join(tarballs, filename));
  const keelson = project.path("node_modules/.bin/keelson");
  expect((await run(keelson, "--version")).stdout.trim()).toBe("0.1.0");
  await run(keelson, "upgrade", "--url", "pglite:.keelson/dev");
  expect((await run(keelson, "status", "--url", "pglite:.keelson/dev")).stdout).toMatch(/users/);

  await mkdir(project.path("node_modules/@types"), { recursive: true });
  await symlink(join(root, "node_modules/@types/node"), project.path("node_modules/@types/node"));
  await run(process.execPath, join(root, "node_modules/typescript/bin/tsc"), "--project", project.root);
});
