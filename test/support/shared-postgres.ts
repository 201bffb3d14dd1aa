import type { TestProject } from "vitest/node";
import { postgresMajors, startPostgres } from "../../src/testing/index.ts";

/** Before the first test that may need it: starts the server that a whole run shares, or takes the one it is told of. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = process.env["KEELSON_TEST_POSTGRES_URL"];
  if (running !== undefined && running !== "") {
    project.provide("sharedPostgres", running);
    return async () => undefined;
  }
  const server = await startPostgres(chosenServer());
  project.provide("sharedPostgres", server.url());
  return () => server.stop();
}

function chosenServer(): Parameters<typeof startPostgres>[0] {
  const programs = process.env["KEELSON_TEST_PG_BIN"];
  if (programs === undefined || programs === "") return { major: 15 };
  const wanted = Number(process.env["KEELSON_TEST_PG_MAJOR"] ?? 15);
  const major = postgresMajors.find((candidate) => candidate === wanted);
  if (major === undefined)
    throw new Error(`KEELSON_TEST_PG_MAJOR is not one of ${postgresMajors.join(", ")}: ${wanted}`);
  return { major, programs };
}
