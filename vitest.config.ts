import { defineConfig } from "vitest/config";

const long = process.env["KEELSON_TEST_LONG"] === "1";
const pattern = long ? "*.long.test.ts" : "*.test.ts";
const exclude = ["**/node_modules/**", "**/dist/**", ...(long ? [] : ["**/*.long.test.ts"])];

const report = process.env["KEELSON_TEST_REPORT"];

export default defineConfig({
  test: {
    reporters: report === undefined ? ["default"] : ["default", ["json", { outputFile: report }]],
    pool: "forks",
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: "unit", include: [`src/**/${pattern}`], exclude, testTimeout: 30_000 } },
      {
        extends: true,
        test: {
          name: "real",
          include: [`test/**/${pattern}`],
          exclude,
          globalSetup: ["test/support/shared-postgres.ts"],
          testTimeout: long ? 300_000 : 30_000,
          hookTimeout: long ? 300_000 : 60_000,
        },
      },
    ],
  },
});
