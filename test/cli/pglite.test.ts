import { expect, test } from "vitest";
import { blogIds, blogProject } from "./blog-project.ts";

test("the embedded PostgreSQL needs no configuration: upgrade, status, shell, downgrade", async () => {
  const project = await blogProject("pglite:.keelson/dev");
  const upgraded = await project.run(["upgrade"]);
  expect(upgraded).toMatchObject({ code: 0, stderr: "" });
  expect(upgraded.stdout).toContain("Revisions       3 applied");
  expect((await project.run(["status"])).stdout).toContain("Pending migrations: 0");
  const table = await project.run(["db", "shell", "-c", "\\d users"]);
  expect(table.stdout).toContain('Table "public.users"');
  expect((await project.run(["downgrade", "-y"])).code).toBe(0);
  expect((await project.run(["current"])).stdout).toContain(blogIds[1]);
}, 90_000);

test("a second process on the same folder is refused by name", async () => {
  const project = await blogProject("pglite:.keelson/dev");
  const { startKeelson } = await import("../support/run-keelson.ts");
  const holder = startKeelson(["db", "shell", "-c", "CREATE TABLE t (id int); SELECT pg_sleep(8)"], {
    cwd: project.root,
  });
  await expect.poll(async () => (await project.run(["current"])).code, { timeout: 30_000 }).toBe(5);
  holder.kill("SIGKILL");
  await holder.done;
  expect((await project.run(["current"])).code).toBe(0);
}, 90_000);
