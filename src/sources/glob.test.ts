import { describe, expect, it } from "vitest";
import { fixedFolder, globMatcher, isPattern } from "./glob.ts";

describe("globMatcher", () => {
  it.each([
    ["schema/*.sql", ["schema/a.sql", "schema/.sql"], ["schema/a/b.sql", "schema/a.sqlx", "xschema/a.sql"]],
    ["src/**/*.ts", ["src/a.ts", "src/a/b/c.ts"], ["src/a.js", "lib/src/a.ts"]],
    ["**/models.ts", ["models.ts", "a/b/models.ts"], ["a/models.tsx", "amodels.ts"]],
    ["src/**", ["src/a", "src/a/b.ts"], ["src", "srcs/a"]],
    ["db/{users,billing/{a,b}}.ts", ["db/users.ts", "db/billing/a.ts", "db/billing/b.ts"], ["db/billing.ts"]],
    ["db/[a-c]?.ts", ["db/ax.ts"], ["db/dx.ts", "db/a.ts", "db/a/.ts"]],
    ["db/[!a].ts", ["db/b.ts"], ["db/a.ts"]],
    ["db/a+b (1).ts", ["db/a+b (1).ts"], ["db/aab 1.ts"]],
    ["a{b", ["a{b"], ["ab"]],
  ])("%s", (pattern, matching, others) => {
    const matches = globMatcher(pattern);
    expect(matching.filter((path) => !matches(path))).toEqual([]);
    expect(others.filter(matches)).toEqual([]);
  });
});

describe("isPattern and fixedFolder", () => {
  it("tell patterns from names, and where matches can lie", () => {
    expect(["models", "src/db.ts", "src/*.ts", "a/{b,c}", "[ab]"].map(isPattern)).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
    expect(["src/db/**/*.ts", "*.ts", "src/{a,b}/c.ts"].map(fixedFolder)).toEqual(["src/db", "", "src"]);
  });
});
