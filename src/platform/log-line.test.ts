import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatLogLine } from "./log-line.ts";

const time = "2026-11-21T09:00:00.000Z";

describe("formatLogLine", () => {
  it.each([
    [{ level: "info", message: "message", key: "value" }, `${time}  INFO  message key=value`],
    [{ level: "error", message: "failed" }, `${time} ERROR  failed`],
    [
      { level: "debug", message: "statement", sql: "SELECT 1", ms: 1.5 },
      `${time} DEBUG  statement sql="SELECT 1" ms=1.5`,
    ],
    [
      { level: "warn", message: "", a: null, b: true, c: [1], d: {}, e: "" },
      `${time}  WARN   a=null b=true c=[1] d={} e=""`,
    ],
    [
      { level: "info", message: "two\nlines", sql: "a\nb", q: 'x"y', eq: "a=b" },
      `${time}  INFO  two\\nlines sql="a\\nb" q="x\\"y" eq="a=b"`,
    ],
    [{ level: "info", message: "\u001b[2Jgone", key: "\u009b2J" }, `${time}  INFO  \\u001b[2Jgone key=\\u009b2J`],
  ])("writes %j", (record, line) => {
    expect(formatLogLine({ time, ...record }, { colour: false })).toBe(line);
  });

  it("colours the level and dims the rest when asked", () => {
    const line = formatLogLine({ time, level: "warn", message: "m", key: 1 }, { colour: true });
    expect(line).toBe(`\u001b[2m${time}\u001b[0m \u001b[33m WARN\u001b[0m  m \u001b[2mkey=\u001b[0m1`);
  });

  it("is one line without control characters whatever it is given", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.jsonValue(), (message, value) => {
        const line = formatLogLine({ time, level: "info", message, value }, { colour: false });
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
      }),
    );
  });
});
