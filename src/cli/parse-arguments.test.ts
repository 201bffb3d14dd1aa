import { describe, expect, test } from "vitest";
import { isKeelsonError, type KeelsonError } from "../errors.ts";
import { parseArguments } from "./parse-arguments.ts";

function refusal(args: readonly string[]): KeelsonError {
  try {
    parseArguments(args);
  } catch (error) {
    if (isKeelsonError(error, "usage.invalid")) return error;
    throw error;
  }
  throw new Error(`accepted: ${args.join(" ")}`);
}

describe("targets", () => {
  test.each(["-1", "+2", "id-1", "3f2a+1", "billing@-1", "base", "-12"])("%s is a word, not an option", (target) => {
    expect(parseArguments(["migrate", target]).words).toEqual([target]);
  });

  test("stand before, between and after options", () => {
    const parsed = parseArguments(["downgrade", "-1", "--url", "sqlite:a.db", "--yes"]);
    expect(parsed).toEqual({ verb: "downgrade", words: ["-1"], options: { url: "sqlite:a.db", yes: true } });
    expect(parseArguments(["downgrade", "--yes", "-2"]).words).toEqual(["-2"]);
  });
});

describe("options", () => {
  test("of every verb may stand before it", () => {
    const { verb, options } = parseArguments(["--url", "sqlite:a.db", "--json", "status"]);
    expect(verb).toBe("status");
    expect(options).toEqual({ url: "sqlite:a.db", json: true });
  });

  test("are read to what the library takes", () => {
    const { options } = parseArguments(
      "upgrade --lock-timeout 2m --run-lock-timeout 500ms --lock-retries 7 --out-of-order apply --wait 120 --env prod".split(
        " ",
      ),
    );
    expect(options).toEqual({
      lockTimeoutMs: 120_000,
      runLockTimeoutMs: 500,
      lockRetries: 7,
      outOfOrder: "apply",
      wait: 120_000,
      environment: "prod",
    });
  });

  test("that repeat make a list, in order", () => {
    const { options, words } = parseArguments(["create", "--empty", "--parent", "a", "x", "--parent", "b"]);
    expect(options).toEqual({ empty: true, parents: ["a", "b"] });
    expect(words).toEqual(["x"]);
  });

  test("may be several numbers at once", () => {
    expect(parseArguments(["prove", "--on", "15, 18"]).options).toEqual({ majors: [15, 18] });
    for (const given of ["", "15,", "latest", "15;18"]) {
      expect(refusal(["prove", "--on", given]).message).toContain("expected whole numbers such as 15,18");
    }
  });

  test("have short forms, and their values may begin with a dash", () => {
    expect(parseArguments(["history", "-n", "5"]).options).toEqual({ limit: 5 });
    expect(parseArguments(["db", "shell", "-c", "-- nothing"]).options).toEqual({ command: "-- nothing" });
    expect(parseArguments(["sql", "-oall.sql"]).options).toEqual({ output: "all.sql" });
  });

  test("that are not given are absent, so that the configuration counts", () => {
    expect(parseArguments(["upgrade"]).options).toEqual({});
  });
});

describe("what does not fit is refused with a suggestion", () => {
  test.each([
    [["sttus"], "There is no verb sttus", "Did you mean status?"],
    [["status", "--jsn"], "no option --jsn", "Did you mean --json?"],
    [["upgrade", "--dryrun"], "no option --dryrun", "Did you mean --dry-run?"],
    [["--foo", "status"], "no option --foo", "keelson status --help"],
    [["db"], "db needs a word after it", "keelson db shell"],
    [["db", "destroy"], "no verb db destroy", "keelson db drop"],
    [["show"], "show needs <target>", "Usage: keelson show <target> [options]"],
    [["heads", "x"], "heads takes fewer words", "Usage: keelson heads [options]"],
    [["upgrade", "--lock-timeout"], "--lock-timeout DURATION needs a value", "Usage: keelson upgrade"],
    [["upgrade", "--lock-timeout", "soon"], 'found "soon"', "lock"],
    [["upgrade", "--lock-retries", "-1"], "a whole number", "how often"],
    [["upgrade", "--out-of-order", "skip"], "refuse or apply", "older"],
    [["status", "--url", ""], "--url URL", "database"],
    [["--json"], "No verb was given", "keelson --help"],
  ])("%j", (args, message, hint) => {
    const error = refusal(args);
    expect(error.message).toContain(message);
    expect(error.hint).toContain(hint);
  });
});
