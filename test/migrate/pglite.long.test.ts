/** Every behaviour of the runner on PGlite: in a long run the engines of these files are PGlite. */
import "./runner.test.ts";
import "./runner-drift.test.ts";
import "./runner-failures.test.ts";
import "./runner-refusals.test.ts";
import "./runner-settings.test.ts";
import "./runner-targets.test.ts";
import "./runner-transactions.test.ts";
