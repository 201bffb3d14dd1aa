import { expect } from "vitest";
import type { Session } from "../../../src/engines/engine.ts";
import { type ErrorCode, isKeelsonError, type KeelsonError } from "../../../src/errors.ts";
import type { EngineUnderTest, MakeEngine } from "./engine-under-test.ts";
import { type Samples, samples } from "./samples.ts";

/** What one test works with. */
export interface Given extends EngineUnderTest {
  readonly samples: Samples;
  readonly session: Session;
}

/** Runs one test on a database of its own with a write session open, and closes everything behind it. */
export function given(make: MakeEngine, work: (given: Given) => Promise<void>): () => Promise<void> {
  return async () => {
    const made = await make();
    const session = await made.engine.open("write");
    try {
      await work({ ...made, session, samples: samples[made.engine.dialect] });
    } finally {
      await session.close();
      await made.engine.close();
      await made.missing.close();
    }
  };
}

/** Runs work that must fail with one of these codes, and returns the error. Its text never holds a secret. */
export async function failure(
  work: Promise<unknown>,
  codes: ErrorCode | readonly ErrorCode[],
  secrets: readonly string[] = [],
): Promise<KeelsonError> {
  const error = await work.then(
    () => new Error("it did not fail"),
    (thrown: unknown) => thrown,
  );
  if (!isKeelsonError(error)) throw error;
  expect([codes].flat(), error.message).toContain(error.code);
  for (const secret of secrets)
    expect(`${error.message} ${error.hint} ${JSON.stringify(error.details)}`).not.toContain(secret);
  return error;
}
