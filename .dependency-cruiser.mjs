/**
 * Who may import whom. Imports go down the levels only; `ARCHITECTURE.md` tells why. Each rule is proved to fire by
 * `test/structure/layers.test.ts`.
 */

/** Folders of `src/` (or single files) by level, lowest first. */
const levels = [
  ["errors\\.ts", "platform"],
  ["catalog"],
  ["diff", "plan", "lint", "history", "engines/engine\\.ts"],
  ["engines/(postgres|sqlite)"],
  ["scratch", "store", "sources", "revisions", "progress", "config"],
  ["migrate", "backfill", "backup", "seed", "accounts", "audit", "monitor", "queries", "adopt"],
  ["app", "testing", "index\\.ts", "(postgres|pglite|sqlite)\\.ts"],
  ["cli", "http"],
];

const mechanisms = ["scratch", "store", "sources", "revisions", "progress"];
const features = levels[5];

/** npm packages that only one place may know, so that replacing one touches one folder. */
const homes = {
  pg: ["engines/postgres", "testing"],
  "@electric-sql/pglite": ["engines/postgres"],
  "libpg-query": ["engines/postgres"],
  "better-sqlite3": ["engines/sqlite"],
  commander: ["cli"],
  "@clack/prompts": ["cli"],
  picocolors: ["cli", "platform"],
  pino: ["platform"],
  jiti: ["config", "revisions", "sources"],
  dotenv: ["config"],
  "drizzle-orm": ["sources"],
};

const notTests = "\\.test\\.ts$";
const anyOf = (names) => `^src/(${names.join("|")})(/|$)`;
const pure = anyOf([...levels[1], ...levels[2]]);

const levelRules = levels.slice(0, -1).map((names, level) => ({
  name: `level-${level}-imports-down`,
  comment: `Level ${level} (${names.join(", ")}) must not know the levels above it.`,
  severity: "error",
  from: { path: anyOf(names), pathNot: notTests },
  to: { path: anyOf(levels.slice(level + 1).flat()) },
}));

const homeRules = Object.entries(homes).map(([name, folders]) => ({
  name: `home-of-${name}`,
  comment: `${name} is known to ${folders.join(" and ")} only.`,
  severity: "error",
  from: { path: "^src/", pathNot: [anyOf(folders), notTests] },
  to: { path: `node_modules/(@types/)?${name}/` },
}));

export default {
  forbidden: [
    {
      name: "no-cycles",
      comment: "A cycle makes two files one.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-unresolved",
      comment: "An import that nothing answers; the programs of the benches find their packages in the cache.",
      severity: "error",
      from: { path: "^(src|test|scripts|bench|examples)/", pathNot: "^bench/programs/" },
      to: { couldNotResolve: true },
    },
    {
      name: "every-folder-has-a-level",
      comment: "A folder that no level names would escape every rule.",
      severity: "error",
      from: { path: "^src/", pathNot: anyOf(levels.flat()) },
      to: {},
    },
    ...levelRules,
    {
      name: "pure-no-node",
      comment: "Catalog, diff, plan, lint and history compute; what they need of the machine is handed in.",
      severity: "error",
      from: { path: pure, pathNot: notTests },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "pure-no-platform",
      comment: "The platform is the machine: the pure levels get its hash and its clock passed in.",
      severity: "error",
      from: { path: pure, pathNot: notTests },
      to: { path: anyOf(["platform"]) },
    },
    {
      name: "pure-no-npm",
      comment: "The pure levels know no package; the types of the PostgreSQL syntax tree are no code.",
      severity: "error",
      from: { path: pure, pathNot: notTests },
      to: { path: "node_modules/", pathNot: "node_modules/@pgsql/types/" },
    },
    {
      name: "syntax-tree-types-only",
      comment: "@pgsql/types is a development dependency: importing it as code would fail for users.",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "node_modules/@pgsql/types/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "engines-are-strangers",
      comment: "What two engines have in common belongs into the interface or a lower level.",
      severity: "error",
      from: { path: "^src/engines/(postgres|sqlite)/" },
      to: { path: "^src/engines/(postgres|sqlite)/", pathNot: "^src/engines/$1/" },
    },
    {
      name: "engines-chosen-in-one-place",
      comment: "Only app/open.ts and the entry points of the package name a concrete engine.",
      severity: "error",
      from: {
        path: "^src/",
        pathNot: [
          "^src/engines/(postgres|sqlite)/",
          "^src/app/open\\.ts$",
          "^src/(postgres|pglite|sqlite)\\.ts$",
          notTests,
        ],
      },
      to: { path: "^src/engines/(postgres|sqlite)/" },
    },
    {
      name: "features-are-strangers",
      comment: "What one feature needs of another is a function handed in by app/.",
      severity: "error",
      from: { path: `^src/(${features.join("|")})/`, pathNot: notTests },
      to: { path: anyOf(features), pathNot: "^src/$1/" },
    },
    {
      name: "settings-stay-above",
      comment: "Mechanisms and features take plain values: where those come from is the business of app/.",
      severity: "error",
      from: { path: anyOf([...mechanisms, ...features]), pathNot: notTests },
      to: { path: anyOf(["config"]) },
    },
    {
      name: "edges-call-app",
      comment: "The command line and the HTTP server go through app/; of the rest they see types.",
      severity: "error",
      from: { path: anyOf(["cli", "http"]), pathNot: notTests },
      to: { path: anyOf([...mechanisms, ...features, "engines"]), dependencyTypesNot: ["type-only"] },
    },
    {
      name: "edges-are-strangers",
      comment: "The command line works without the HTTP server and the other way round.",
      severity: "error",
      from: { path: "^src/(cli|http)/", pathNot: notTests },
      to: { path: anyOf(["cli", "http"]), pathNot: "^src/$1/" },
    },
    {
      name: "testing-stands-alone",
      comment: "The test servers must not depend on what they test.",
      severity: "error",
      from: { path: "^src/testing/" },
      to: {
        path: "^src/",
        pathNot: ["^src/testing/", "^src/errors\\.ts$", "^src/platform/", "^src/config/cache-directory\\.ts$"],
      },
    },
    {
      name: "nothing-imports-testing",
      comment: "Test servers are for tests.",
      severity: "error",
      from: { path: "^src/", pathNot: ["^src/testing/", notTests] },
      to: { path: "^src/testing/" },
    },
    {
      name: "source-needs-no-tests",
      comment: "What is published must not depend on what is not.",
      severity: "error",
      from: { path: "^src/", pathNot: notTests },
      to: { path: ["^(test|bench|scripts|examples)/", notTests] },
    },
    {
      name: "no-undeclared-package",
      comment: "A package that package.json does not list as needed at run time.",
      severity: "error",
      from: { path: "^src/", pathNot: notTests },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["type-only", "npm-peer"] },
    },
    ...homeRules,
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^dist/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "node", "default"] },
  },
};
