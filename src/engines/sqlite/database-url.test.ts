import { describe, expect, test } from "vitest";
import { isKeelsonError } from "../../errors.ts";
import { locationLabel, parseDatabaseUrl, siblingLocation } from "./database-url.ts";

const root = "/srv/project";
const file = (path: string, access = "create") => ({ kind: "file", file: path, access });

describe("parseDatabaseUrl", () => {
  test.each([
    ["sqlite:app.db", file("/srv/project/app.db")],
    ["sqlite:./data/app.db", file("/srv/project/data/app.db")],
    ["sqlite:/var/app.db", file("/var/app.db")],
    ["SQLITE:app.db", file("/srv/project/app.db")],
    ["sqlite:///./aurora.db", file("/srv/project/aurora.db")],
    ["sqlite:///aurora.db", file("/srv/project/aurora.db")],
    ["sqlite:////var/aurora.db", file("/var/aurora.db")],
    ["sqlite+aiosqlite:///./aurora.db", file("/srv/project/aurora.db")],
    ["sqlite+pysqlite:////var/aurora.db", file("/var/aurora.db")],
    ["sqlite:my%20app%3F%25.db", file("/srv/project/my app?%.db")],
    ["sqlite:app.db?mode=ro", file("/srv/project/app.db", "read-only")],
    ["sqlite:app.db?mode=rw&cache=private", file("/srv/project/app.db", "existing")],
    ["sqlite:///file:app.db?mode=ro&uri=true", file("/srv/project/app.db", "read-only")],
    ["file:./dev.db", file("/srv/project/dev.db")],
    ["file:///var/dev.db", file("/var/dev.db")],
    ["file://localhost/var/dev.db", file("/var/dev.db")],
    ["sqlite::memory:", { kind: "memory" }],
    ["sqlite://", { kind: "memory" }],
    ["sqlite:///:memory:", { kind: "memory" }],
    ["file:any?mode=memory", { kind: "memory" }],
  ])("%s", (url, expected) => {
    expect(parseDatabaseUrl(url, root)).toEqual(expected);
  });

  test.each([
    "",
    "postgres://a/b",
    "sqlite:",
    "sqlite:///",
    "sqlite://host/app.db",
    "sqlite:data/",
    "sqlite:100%.db",
    "sqlite:a?mode=no",
    "sqlite:a?x=1",
    "sqlite:a%00b",
    "file://host/a.db",
  ])("%j is refused", (url) => {
    let thrown: unknown;
    try {
      parseDatabaseUrl(url, root);
    } catch (error) {
      thrown = error;
    }
    expect(isKeelsonError(thrown, "connection.url")).toBe(true);
  });
});

test("labels are short inside the project and whole outside it", () => {
  expect(locationLabel(parseDatabaseUrl("sqlite:data/app.db", root), root)).toBe("sqlite:data/app.db");
  expect(locationLabel(parseDatabaseUrl("sqlite:/var/app.db", root), root)).toBe("sqlite:/var/app.db");
  expect(locationLabel({ kind: "memory" }, root)).toBe("sqlite::memory:");
});

test("a sibling lies in the same folder and keeps the extension", () => {
  const location = parseDatabaseUrl("sqlite:data/app.db", root);
  expect(siblingLocation(location, "other")).toEqual(file("/srv/project/data/other.db"));
  expect(siblingLocation(location, "other.sqlite")).toEqual(file("/srv/project/data/other.sqlite"));
  for (const name of ["", "..", "../x", "a/b"])
    expect(() => siblingLocation(location, name)).toThrow("name of a database file");
});
