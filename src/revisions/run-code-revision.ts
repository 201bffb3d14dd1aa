import { KeelsonError } from "../errors.ts";
import { transactionFor } from "../history/revision.ts";
import { type CodeRun, isNeeded, runPart, runPreflight, runVerify } from "./run-code.ts";

/**
 * What a revision that is written as code is run for on a database that nobody else uses. `replay`: only `up`, since
 * there are no rows to check. `fixture`: only the rows for a proof. `proof`: the other parts of the way up, on those
 * rows. `down`: only `down`.
 */
export type CodePurpose = "replay" | "fixture" | "proof" | "down";

/**
 * Runs a revision that is written as code on a scratch database, in transactions of its own and without a ledger. Asks
 * no questions. A failure leaves nothing of the part behind, unless the revision runs outside of a transaction.
 */
export async function runCodeRevision(run: CodeRun, purpose: CodePurpose): Promise<void> {
  if (purpose === "fixture") return await inTransaction(run, () => runPart(run, "fixture"));
  if (purpose === "proof") await checkProvable(run);
  // As in a run, nothing that the session was told before counts.
  await run.session.script(run.engine.sql.resetSession);
  const part = purpose === "down" ? "down" : "up";
  const verify = purpose === "proof" ? () => runVerify(run) : async () => undefined;
  if (transactionFor(run.revision, part) === "auto") {
    return await inTransaction(run, async () => {
      await runPart(run, part);
      await verify();
    });
  }
  await runPart(run, part);
  await inTransaction(run, verify);
}

/** The checks of the way up, on the rows of the fixture; what they write is rolled back. */
async function checkProvable(run: CodeRun): Promise<void> {
  const { engine, session, code } = run;
  await session.script([engine.sql.begin]);
  try {
    if (!(await isNeeded(run))) {
      throw new KeelsonError(
        "revision.failed",
        `${code.file}: needed says that there is nothing to do, on a database to which the revision was never applied.`,
        {
          hint: "Correct it, or supply the rows that make the revision needed in its fixture.",
          details: { file: code.file },
        },
      );
    }
    await runPreflight(run);
  } finally {
    await session.rollback();
  }
}

async function inTransaction(run: CodeRun, work: () => Promise<void>): Promise<void> {
  const { engine, session } = run;
  try {
    await session.script([engine.sql.begin]);
    await work();
    const problems = engine.capabilities.enforcesForeignKeysInSteps ? [] : await engine.checkStep(session);
    if (problems.length > 0) throw foreignKeysViolated(run, problems);
    await session.script([...engine.sql.resetSession, "COMMIT", ...engine.sql.resetSession]);
  } catch (error) {
    await session.rollback();
    throw error;
  }
}

function foreignKeysViolated({ code }: CodeRun, problems: readonly string[]): KeelsonError {
  return new KeelsonError(
    "revision.foreign-keys",
    `${code.file}: rows would point at nothing: ${problems.slice(0, 5).join("; ")}`,
    {
      hint: "Delete or correct the child rows in the revision too.",
      details: { violations: problems, file: code.file },
    },
  );
}
