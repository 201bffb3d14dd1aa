import { describe, test } from "vitest";
import { type CrashKind, chosen, killedAt, uninterrupted } from "./crashing-runs.ts";

const kinds: readonly CrashKind[] = ["sqlite in rollback journal mode", "sqlite in WAL mode", "postgres"];

describe.each(kinds)("a run on %s that is killed", (kind) => {
  test("is taken up by the next run, after each of its requests", { timeout: 1_200_000 }, async () => {
    const whole = await uninterrupted(kind);
    for (const request of chosen(whole.requests, Number.POSITIVE_INFINITY))
      await killedAt(kind, request, whole.outcome);
  });
});
