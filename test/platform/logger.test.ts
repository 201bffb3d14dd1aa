import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { createLogger, type LoggerOptions, type LogLevel, logLevels, silentLogger } from "../../src/platform/logger.ts";

function capture(options: Partial<LoggerOptions>) {
  const lines: string[] = [];
  const stream = { write: (text: string) => lines.push(text) };
  return { lines, log: createLogger({ level: "debug", format: "text", colour: false, stream, ...options }) };
}

describe("a logger", () => {
  it("loads nothing before it writes", () => {
    const { cache } = createRequire(import.meta.url);
    const loaded = () => Object.keys(cache).some((path) => path.includes("/node_modules/pino/"));
    const { log } = capture({ level: "info" });
    log.debug("not written");
    expect(loaded()).toBe(false);
    log.info("written");
    expect(loaded()).toBe(true);
  });

  it("writes a line for people", () => {
    const { log, lines } = capture({});
    log.info({ revision: "0123abcdef45", ms: 12 }, "applied a revision");
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z {2}INFO {2}applied a revision revision=0123abcdef45 ms=12\n$/,
    );
  });

  it("writes one JSON object a line", () => {
    const { log, lines } = capture({ format: "json" });
    log.warn({ path: "a\nb" }, "two\nlines");
    log.error("plain");
    expect(lines.map((line) => line.indexOf("\n") === line.length - 1)).toEqual([true, true]);
    const [first, second] = lines.map((line) => JSON.parse(line));
    expect(first).toEqual({
      level: "warn",
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      path: "a\nb",
      message: "two\nlines",
    });
    expect(second).toEqual({ level: "error", time: expect.any(String), message: "plain" });
  });

  it("colours when told, and only then", () => {
    const coloured = capture({ colour: true });
    coloured.log.error("x");
    expect(coloured.lines[0]).toContain("\u001b[31mERROR");
    const json = capture({ colour: true, format: "json" });
    json.log.error("x");
    expect(json.lines[0]).not.toContain("\u001b");
  });

  it.each(logLevels)("of level %s writes that level and above", (level) => {
    const { log, lines } = capture({ level });
    const order = ["debug", "info", "warn", "error"] as const satisfies readonly LogLevel[];
    for (const each of order) log[each](each);
    const expected = order.slice(logLevels.indexOf(level));
    expect(lines.map((line) => line.trim().split(/\s+/)[2])).toEqual(expected);
    expect(order.filter((each) => log.writes(each))).toEqual(expected);
  });

  it("writes statements with their time", () => {
    const { log, lines } = capture({ format: "json" });
    log.debug({ sql: "SELECT 1", ms: 0.4 }, "statement");
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      level: "debug",
      sql: "SELECT 1",
      ms: 0.4,
      message: "statement",
    });
  });

  it("writes the code and message of an error, its stack only for debugging", () => {
    const error = Object.assign(new Error("broken"), { code: "E1" });
    const plain = capture({ level: "info", format: "json" });
    plain.log.error({ error }, "failed");
    expect(JSON.parse(plain.lines[0] ?? "").error).toEqual({ code: "E1", message: "broken" });
    const debug = capture({ format: "json" });
    debug.log.error({ error }, "failed");
    expect(JSON.parse(debug.lines[0] ?? "").error.stack).toContain("logger.test.ts");
  });

  it("that is silent writes nothing", () => {
    for (const level of ["debug", "info", "warn", "error"] as const) {
      silentLogger[level]("x");
      expect(silentLogger.writes(level)).toBe(false);
    }
  });

  it("writes in the very call, so that a crash right after loses nothing", () => {
    const { lines, log } = capture({});
    log.info("x");
    expect(lines).toHaveLength(1);
  });
});
