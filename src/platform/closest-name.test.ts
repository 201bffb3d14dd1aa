import { describe, expect, it } from "vitest";
import { closestName } from "./closest-name.ts";

const known = ["url", "directUrl", "migrations", "lockTimeout", "runLockTimeout", "log", "head", "heads"];

describe("closestName", () => {
  it.each([
    ["ulr", "url"],
    ["URL", "url"],
    ["migration", "migrations"],
    ["lock_timeout", "lockTimeout"],
    ["lockTimout", "lockTimeout"],
    ["direct-url", "directUrl"],
    ["logs", "log"],
    ["heds", "heads"],
    ["haed", "head"],
  ])("takes %s for %s", (name, expected) => {
    expect(closestName(name, known)).toBe(expected);
  });

  it.each(["", "x", "password", "completely-different", "colour"])("suggests nothing for %j", (name) => {
    expect(closestName(name, known)).toBeNull();
  });
});
