import { expect, test } from "vitest";
import { codeProgressText, logLine, progressBar, revisionLine, structureText } from "./run.ts";
import { type Style, withoutColours } from "./style.ts";

const plain: Style = { colour: withoutColours, unicode: true, width: null };

test("the bar grows with what is done, and estimates once it has something to go by", () => {
  const bar = (done: number, elapsedMs: number) =>
    progressBar({ done, of: 8, elapsedMs, doing: "add users", width: 80 }, { ...plain, unicode: false });
  expect(bar(0, 100)).toBe("  ........................  0/8    add users");
  expect(bar(4, 8000)).toBe("  ############............  4/8  about 8 s left  add users");
  expect(bar(8, 8000)).toContain("########################  8/8");
});

test("what a revision in TypeScript says, counts and shows", () => {
  const id = "3f2a9c1b0d4e";
  expect(logLine({ event: "revision-log", id, message: "Adding\nuser_id" }, plain)).toBe(
    "      3f2a9c1b0d4e  Adding user_id",
  );
  const progress = (done: number | null, total: number | null) =>
    codeProgressText({ event: "revision-progress", id, message: "Assigning", done, total });
  expect([progress(null, null), progress(2, null), progress(2, 3)]).toEqual([
    "Assigning",
    "Assigning: 2",
    "Assigning: 2 of 3",
  ]);
  const columns = [
    { name: "id", type: "integer", nullable: false, default: null },
    { name: "created_at", type: "timestamp", nullable: true, default: "now()" },
  ];
  const event = { event: "revision-table", id, table: "projects" } as const;
  expect(structureText({ ...event, columns }, plain)).toBe(
    "      Table projects\n        id          integer  not null\n        created_at  timestamp  default now()",
  );
  expect(structureText({ ...event, columns: [] }, plain)).toBe("      Table projects: there is no such table");
});

test("a revision's line fits the terminal, whatever its message", () => {
  const event = {
    event: "revision-finished",
    id: "3f2a9c1b0d4e",
    message: `first line\nsecond ${"long ".repeat(40)}`,
    direction: "up",
    outcome: "applied",
    durationMs: 1234,
    index: 7,
    of: 100,
  } as const;
  const line = revisionLine(event, { ...plain, width: 60 });
  expect(line.startsWith("  ✓   7/100  3f2a9c1b0d4e    1.23 s  first line second")).toBe(true);
  expect(line.length).toBeLessThan(60);
  expect(revisionLine(event, plain)).toContain("long long long");
});
