/** A plain text table: the first two columns to the left, the others to the right. */
export function table(head: readonly string[], body: readonly (readonly string[])[]): string {
  const width = head.map((title, j) => Math.max(title.length, ...body.map((row) => row[j]!.length)))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, j) => (j < 2 ? cell.padEnd(width[j]!) : cell.padStart(width[j]!)))
      .join('  ')
      .trimEnd()
  return [line(head), line(width.map((w) => '-'.repeat(w))), ...body.map(line)].join('\n')
}
