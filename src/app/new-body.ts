import { printProof } from "../history/proof.ts";
import type { RevisionBody, SqlSection } from "../history/revision.ts";
import { effectiveDown } from "../history/revision-text.ts";
import type { ProofReport } from "./proof-report.ts";
import { bodyHash, headerProofs } from "./proof-state.ts";

/** The texts of a revision's sections before it has a file; an empty one that need not be there is left out. */
export interface SectionTexts {
  readonly up: string;
  readonly down: string;
  readonly require?: string;
  readonly requireDown?: string;
  readonly verify?: string;
}

/** The sections as they will be read from the file, which messages call by this name until it is there. */
export function newBody(texts: SectionTexts, file: string): RevisionBody {
  const { up, down, require = "", requireDown = "", verify = "" } = texts;
  const section = (sql: string): SqlSection => ({ sql, file, firstLine: 1 });
  return {
    up: section(up),
    down: effectiveDown(section(up), section(down)),
    verify: verify === "" ? null : section(verify),
    ...(require === "" ? {} : { require: section(require) }),
    ...(requireDown === "" ? {} : { requireDown: section(requireDown) }),
  };
}

/** Says of a revision that was written although its proof failed that it still has to be proven. */
const unproven = "-- proof: none";

/** The lines of a header that tell what was shown of a body. */
export function proofLines(proof: ProofReport | undefined, body: RevisionBody): readonly string[] {
  if (proof?.outcome !== "proven") return [unproven];
  return headerProofs(proof, bodyHash(body)).map((one) => printProof(one));
}
