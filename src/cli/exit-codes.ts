/** What the process says when it ends. Documented in the help of every command. */
export const EXIT = {
  done: 0,
  internal: 1,
  usage: 2,
  /** The run is complete, some series failed (see `--fail-on`). */
  failedSeries: 3,
  /** The input is not usable, too many rows were rejected, or an ambiguity nobody may answer. */
  input: 4,
  interrupted: 130,
} as const
