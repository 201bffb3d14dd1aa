import { afterEach, describe, expect, it, vi } from "vitest";
import { childEnvironment, coloursWanted, inPipeline, processVariables } from "../../src/config/environment.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("coloursWanted", () => {
  it.each([
    [true, {}, true],
    [false, {}, false],
    [undefined, {}, false],
    [true, { NO_COLOR: "1" }, false],
    [true, { NO_COLOR: "" }, true],
    [true, { TERM: "dumb" }, false],
    [false, { FORCE_COLOR: "1" }, true],
    [false, { FORCE_COLOR: "" }, true],
    [true, { FORCE_COLOR: "0" }, false],
    [true, { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
    [false, { FORCE_COLOR: "1", TERM: "dumb" }, true],
  ])("of a stream with isTTY %s and %j is %s", (isTTY, variables, expected) => {
    expect(coloursWanted({ isTTY }, variables)).toBe(expected);
  });
});

describe("inPipeline", () => {
  it.each([
    [{}, false],
    [{ CI: "true" }, true],
    [{ CI: "1" }, true],
    [{ CI: "" }, false],
    [{ CI: "false" }, false],
    [{ CI: "0" }, false],
  ])("of %j is %s", (variables, expected) => {
    expect(inPipeline(variables)).toBe(expected);
  });
});

describe("the process's variables", () => {
  it("are copied as they are at the moment", () => {
    vi.stubEnv("KEELSON_PROBE", "one");
    const before = processVariables();
    vi.stubEnv("KEELSON_PROBE", "two");
    expect([before["KEELSON_PROBE"], processVariables()["KEELSON_PROBE"]]).toEqual(["one", "two"]);
  });

  it("are what a program is started with, besides its own", () => {
    vi.stubEnv("KEELSON_PROBE", "ours");
    vi.stubEnv("PGPASSWORD", "ours");
    expect(childEnvironment({ PGPASSWORD: "own" })).toMatchObject({ KEELSON_PROBE: "ours", PGPASSWORD: "own" });
    expect(process.env["PGPASSWORD"]).toBe("ours");
  });
});
