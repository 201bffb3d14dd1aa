import { describe, expect, test } from "vitest";
import { type CrashKind, chosen, killedAt, uninterrupted } from "./crashing-runs.ts";

const kinds: readonly CrashKind[] = ["sqlite in rollback journal mode", "sqlite in WAL mode", "postgres"];

describe.each(kinds)("a run on %s that is killed", (kind) => {
  test("is taken up by the next run, after some of its requests", { timeout: 120_000 }, async () => {
    const whole = await uninterrupted(kind);
    expect(whole.requests).toBeGreaterThan(12);
    for (const request of chosen(whole.requests, kind === "postgres" ? 6 : 5))
      await killedAt(kind, request, whole.outcome);
  });
});
