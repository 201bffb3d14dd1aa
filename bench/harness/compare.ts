import { type Command, type CommandResult, runCommand } from "./command.ts";
import { median } from "./statistics.ts";

/** One of several that do the same work. */
export interface Contender {
  readonly name: string;
  /** What a reader must know to compare it fairly. */
  readonly note?: string;
  /** Makes ready, outside of the measured time, and says what to run. */
  readonly prepare: () => Promise<Command>;
  /** Looks, outside of the measured time, whether the work was done; throws if not. */
  readonly check?: () => Promise<void>;
  /** Takes away what `prepare` made. */
  readonly clear?: () => Promise<void>;
}

/** What was measured of one contender. */
export interface Measurement {
  readonly name: string;
  readonly note: string;
  readonly runsMs: readonly number[];
  /** The highest of all runs, or null where it was not measured. */
  readonly peakMb: number | null;
  /** Why there are no figures, or null. */
  readonly failure: string | null;
}

/** How to compare. */
export interface Comparison {
  readonly contenders: readonly Contender[];
  readonly rounds: number;
  /** Rounds before them that don't count. */
  readonly warmUps?: number;
  readonly memory?: boolean;
  /** Told what runs now. */
  readonly say: (text: string) => void;
}

/**
 * Runs every contender once a round, the rounds in alternating order, so that a slow minute of the machine hits all of
 * them alike. A contender that fails is left out of further rounds and reported with its failure.
 */
export async function compare(comparison: Comparison): Promise<readonly Measurement[]> {
  const { contenders, rounds, warmUps = 0, memory = false, say } = comparison;
  const runs = new Map<Contender, CommandResult[]>(contenders.map((contender) => [contender, []]));
  const failures = new Map<Contender, string>();
  for (let round = -warmUps; round < rounds; round++) {
    for (const contender of round % 2 === 0 ? contenders : contenders.toReversed()) {
      if (failures.has(contender)) continue;
      say(`${round < 0 ? "warming up" : `round ${round + 1} of ${rounds}`}: ${contender.name}`);
      try {
        const result = await runOne(contender, memory);
        if (round >= 0) runs.get(contender)?.push(result);
      } catch (error) {
        failures.set(contender, error instanceof Error ? error.message : String(error));
      }
    }
  }
  return contenders.map((contender) => measurement(contender, runs.get(contender) ?? [], failures.get(contender) ?? null));
}

async function runOne(contender: Contender, memory: boolean): Promise<CommandResult> {
  try {
    const command = await contender.prepare();
    const result = await runCommand(command, { memory });
    if (result.code !== 0) throw new Error(`exit ${result.code ?? "by signal"}: ${result.tail.slice(-400)}`);
    await contender.check?.();
    return result;
  } finally {
    await contender.clear?.();
  }
}

function measurement(contender: Contender, runs: readonly CommandResult[], failure: string | null): Measurement {
  const peaks = runs.map((run) => run.peakMb).filter((peak) => peak !== null);
  return {
    name: contender.name,
    note: contender.note ?? "",
    runsMs: runs.map((run) => run.wallMs),
    peakMb: peaks.length === 0 ? null : Math.max(...peaks),
    failure,
  };
}

/** The median of one contender over that of another; null when either has no figures. */
export function ratio(measurements: readonly Measurement[], name: string, baseline: string): number | null {
  const of = (wanted: string): number => median(measurements.find((found) => found.name === wanted)?.runsMs ?? []);
  const value = of(name) / of(baseline);
  return Number.isFinite(value) ? value : null;
}
