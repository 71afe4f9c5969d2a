/** What was thrown, in one line without paths, so that the same fault gives the same bytes everywhere. */
export function causeOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
