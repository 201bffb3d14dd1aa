import { init } from "../../app/init.ts";
import { given, printResult, type VerbRunner } from "../call.ts";
import { doneMark } from "../render/marks.ts";

/** Runs `keelson init`. */
export const runInit: VerbRunner<"init"> = async (call) => {
  const report = await init(given(call.options, "cwd", "url", "migrations"));
  printResult(call, report, () => {
    const { colour } = call.screen.style;
    const lines = [
      ...report.created.map((name) => `${doneMark(call.screen.style)} ${name}`),
      ...report.kept.map((name) => colour.dim(`  ${name} was there already`)),
      "",
      `Next: ${colour.bold("npm install drizzle-orm")}, look at the model, ${colour.bold('keelson create "add users"')}, ${colour.bold("keelson upgrade")}`,
    ];
    return lines.join("\n");
  });
  return 0;
};
