import type { ProjectOptions } from "../app/project.ts";
import type { WaitOptions } from "../app/wait.ts";
import { coloursWanted } from "../config/environment.ts";
import { loadSettings } from "../config/load-settings.ts";
import type { SettingOverrides, Settings } from "../config/settings.ts";
import { createLogger } from "../platform/logger.ts";
import type { AnyCall } from "./call.ts";
import { lockOptions, projectOptions } from "./table/shared-options.ts";
import { createWaitingSink, type ProgressFactory } from "./waiting-sink.ts";
import { holdBackWebAssembly } from "./web-assembly-tiers.ts";

/** What a verb's function is called with, and what the command line itself needs of the settings. */
export interface OpenedProject {
  readonly settings: Settings;
  /** Settings, progress, waiting and statement log, as every function of the library takes them. */
  readonly options: ProjectOptions;
}

const defaultWaitMs = 60_000;

/** Loads the settings that a call names and connects progress and logs to its screen. */
export async function openProject(
  call: AnyCall,
  createSink: ProgressFactory = createWaitingSink,
): Promise<OpenedProject> {
  const { screen } = call;
  const settings = await loadSettings(overridesOf(call));
  keepParserSmall(settings);
  const logger = createLogger({
    ...settings.log,
    colour: coloursWanted(process.stderr),
    stream: { write: (text) => screen.note(text) },
  });
  if (settings.log.format === "json") screen.errorLog = logger;
  const wait = waitOf(call);
  const onStatement = (sql: string, milliseconds: number): void =>
    logger.debug({ ms: Math.round(milliseconds * 1000) / 1000 }, sql);
  return {
    settings,
    options: {
      settings,
      on: screen.json
        ? (event) => screen.record(event)
        : createSink({ screen, logger, logSteps: settings.log.format === "json" }),
      ...(wait === null ? {} : { wait }),
      ...(logger.writes("debug") ? { onStatement } : {}),
    },
  };
}

/** PGlite is WebAssembly that works hard, and must be optimised; the parser of everything else need not be. */
function keepParserSmall(settings: Settings): void {
  if (/^postgres/i.test(settings.connection.url.reveal())) holdBackWebAssembly();
}

/** Only what was given: an absent option must not hide what the configuration says. */
function overridesOf(call: AnyCall): SettingOverrides {
  const given: Readonly<Record<string, unknown>> = call.options;
  const names = [...Object.keys(projectOptions), ...Object.keys(lockOptions)];
  // The tables of options are typed by SettingOverrides, so each value has the type of its name.
  return Object.fromEntries(names.filter((name) => name in given).map((name) => [name, given[name]]));
}

function waitOf({ options }: AnyCall): WaitOptions | null {
  if (options.wait === undefined && options.waitFor === undefined) return null;
  return {
    timeoutMs: options.wait ?? defaultWaitMs,
    ...(options.waitFor === undefined ? {} : { url: options.waitFor }),
  };
}
