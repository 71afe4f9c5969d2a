/** The language of the words: `--locale`, else the system's, else English. Read before the options, to print the help. */
export function wantedLocale(argv: readonly string[], env: NodeJS.ProcessEnv = process.env): string {
  const position = argv.findIndex((word) => word === '--locale' || word.startsWith('--locale='))
  const given = position < 0 ? undefined : (argv[position]!.split('=')[1] ?? argv[position + 1])
  const system = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((word) => word !== undefined && word !== '')
  const word = (given ?? system ?? Intl.DateTimeFormat().resolvedOptions().locale).replace(/[.@].*$/, '')
  return word === 'C' || word === 'POSIX' ? 'en' : word.replaceAll('_', '-')
}
