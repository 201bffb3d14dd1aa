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
  const entries = contenders.map((contender): Entry => ({ contender, runs: [], failure: null }));
  for (let round = -warmUps; round < rounds; round++) {
    const place = round < 0 ? "warming up" : `round ${round + 1} of ${rounds}`;
    for (const entry of round % 2 === 0 ? entries : entries.toReversed()) {
      if (entry.failure !== null) continue;
      say(`${place}: ${entry.contender.name}`);
      await measureOnce(entry, { memory, counts: round >= 0 });
    }
  }
  return entries.map(toMeasurement);
}

interface Entry {
  readonly contender: Contender;
  readonly runs: CommandResult[];
  failure: string | null;
}

async function measureOnce(
  entry: Entry,
  options: { readonly memory: boolean; readonly counts: boolean },
): Promise<void> {
  try {
    const result = await runOne(entry.contender, options.memory);
    if (options.counts) entry.runs.push(result);
  } catch (error) {
    entry.failure = error instanceof Error ? error.message : String(error);
  }
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

function toMeasurement({ contender, runs, failure }: Entry): Measurement {
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
