/** Tells the time; handed to whatever needs it, so that tests decide what time it is. */
export interface Clock {
  now(): Date;
}

/** The clock of this machine. */
export const systemClock: Clock = { now: () => new Date() };
