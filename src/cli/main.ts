#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import { check } from './check-command.ts'
import { demo } from './demo-command.ts'
import { doctor } from './doctor-command.ts'
import { report } from './errors.ts'
import { EXIT } from './exit-codes.ts'
import { explain } from './explain-command.ts'
import { wantedLocale } from './locale.ts'
import { addManners, addReadOptions, addRunOptions, type ReadFlags, type RunFlags } from './options.ts'
import { acceptBrokenPipe } from './output.ts'
import { callerFolder } from './paths.ts'
import { run } from './run-command.ts'
import { version } from './version.ts'
import { type Say, sayIn } from './words.ts'

/** The commands, with every word in the chosen language; each answers with an exit code. */
function commands(say: Say, locale: string): Command {
  const end = (code: number): void => {
    process.exitCode = code
  }
  // settings first: a command copies them when it is made
  const program = new Command('arfc')
    .description(say('about'))
    .exitOverride()
    .showSuggestionAfterError()
    .helpOption('-h, --help', say('option.help'))
    .version(version(), '-V, --version', say('option.version'))
    .option('--locale <code>', say('option.locale'))
    .addHelpText('after', `\n${say('help.examples')}`)
    .helpCommand(false)

  addRunOptions(program.command('run').description(say('command.run')), say)
    .argument('<files...>', say('argument.files'))
    .action(async (files: string[], flags: RunFlags) => end(await run(files, flags, say, locale)))
  addManners(addReadOptions(program.command('check').description(say('command.check')), say), say)
    .argument('<files...>', say('argument.files'))
    .action(async (files: string[], flags: ReadFlags) => end(await check(files, flags, say, locale)))
  program
    .command('explain')
    .description(say('command.explain'))
    .argument('<name>', say('argument.name'))
    .requiredOption('--run-dir <folder>', say('option.run_dir'))
    .option('--json', say('option.json'))
    .action((name: string, flags: { runDir: string; json?: boolean }) => end(explain(name, flags, say, locale)))
  program
    .command('doctor')
    .description(say('command.doctor'))
    .option('--json', say('option.json'))
    .action(async (flags: { json?: boolean }) => end(await doctor(flags, say)))
  program
    .command('demo')
    .description(say('command.demo'))
    .option('--run-dir <folder>', say('option.run_dir'))
    .option('-q, --quiet', say('option.quiet'))
    .action(async (flags: { runDir?: string; quiet?: boolean }) => end(await demo(flags, say, locale)))
  return program
}

async function main(argv: readonly string[]): Promise<void> {
  acceptBrokenPipe()
  // paths are then as the caller wrote them, in the messages too
  process.chdir(callerFolder())
  const locale = wantedLocale(argv)
  const say = sayIn(locale)
  const program = commands(say, locale)
  try {
    if (argv.length === 0) program.outputHelp()
    else await program.parseAsync([...argv], { from: 'user' })
  } catch (error) {
    // commander has already said what was wrong, and what was probably meant
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage
    else process.exitCode = report(error, say, locale)
  }
}

await main(process.argv.slice(2))
