import { proofFailureText } from "../../app/proof-report.ts";
import type { ProveReport, RevisionProof } from "../../app/prove.ts";
import { formatDuration } from "../../platform/duration.ts";
import { counted, oneLine } from "./columns.ts";
import { notOnLines } from "./generated.ts";
import { doneMark } from "./marks.ts";
import type { Style } from "./style.ts";

/** Each proof on a line, and below one that failed, at what. */
export function proveText(report: ProveReport, style: Style): string {
  const { colour } = style;
  const { proofs, alreadyProven } = report;
  if (proofs.length === 0) {
    const all = alreadyProven === 0 ? "There is nothing to prove" : "Every revision is proven as it is";
    return `${doneMark(style)} ${all} ${colour.dim("(keelson prove --all proves again)")}`;
  }
  const failed = proofs.filter(({ proof }) => proof.outcome === "failed").length;
  return [
    ...proofs.flatMap((one) => proofLines(one, style)),
    ...(failed === 0 ? [] : [`${counted(failed, "proof")} failed; the files are as they were.`]),
  ].join("\n");
}

function proofLines({ id, message, proof }: RevisionProof, style: Style): readonly string[] {
  const { colour } = style;
  const title = `${colour.cyan(id)}  ${oneLine(message)}`;
  if (proof.outcome === "failed") {
    const bad = colour.red(style.unicode ? "✗" : "x");
    return [
      `${bad} ${title}`,
      ...proofFailureText(proof)
        .split("\n")
        .map((line) => `  ${line}`),
    ];
  }
  const ways = proof.reversible ? "up and down" : "up only, there is no way back";
  const servers = proof.servers.map(({ on, milliseconds }) => `${on}, ${formatDuration(milliseconds)}`).join("; ");
  return [
    `${doneMark(style)} ${title}  ${colour.dim(`${ways}, ${servers}`)}`,
    ...notOnLines(proof, style).map((line) => `  ${line}`),
  ];
}
