import { Argument, Command, CommanderError } from 'commander'
import { version } from '../batch/version.ts'
import { SHELLS } from './completion-command.ts'
import { EXIT } from './exit-codes.ts'
import { helpIn, parserSentence } from './help-words.ts'
import { wantedLocale } from './locale.ts'
import {
  addExportOptions,
  addManners,
  addReadOptions,
  addResumeOptions,
  addRunOptions,
  type ExportFlags,
  type Manners,
  type ReadFlags,
  type RunFlags,
} from './options.ts'
import { acceptBrokenPipe } from './output.ts'
import { callerFolder } from './paths.ts'
import { addServeOptions, DEFAULT_DATA_DIR, DEFAULT_PORT, type DemoFlags, type ServeFlags } from './serve-options.ts'
import { type Say, sayIn } from './words.ts'

/** For a command that is to be run, not explained: nobody reads the help, and to put its words together takes a while. */
const unexplained =
  (say: Say): Say =>
  (key, params) =>
    /^(?:about$|option\.|help\.|command\.|argument\.)/.test(key) ? '' : say(key, params)

/**
 * The commands, with every word in the chosen language; each answers with an exit code and is loaded when it is called.
 * `wanted`: the one that will be run, which needs neither the others nor the words of the help.
 */
export function programIn(given: Say, locale: string, wanted?: string): Command {
  const say = wanted === 'run' ? unexplained(given) : given
  const end = (code: number): void => {
    process.exitCode = code
  }
  // settings first: a command copies them when it is made
  const program = new Command('arfc')
    .description(say('about'))
    .exitOverride()
    .showSuggestionAfterError()
    .configureHelp(helpIn(say))
    // said once, in our words, where the error ends
    .configureOutput({ outputError: () => undefined })
    .helpOption('-h, --help', say('option.help'))
    .version(version(), '-V, --version', say('option.version'))
    .option('--locale <code>', say('option.locale'))
    .addHelpText('after', `\n${say('help.examples')}`)
    .helpCommand(false)

  addRunOptions(program.command('run').description(say('command.run')), say)
    .argument('<files...>', say('argument.files'))
    .action(async (files: string[], flags: RunFlags, command: Command) => {
      const { run } = await import('./run-command.ts')
      end(await run(files, await settled(command, flags), given, locale))
    })
  if (wanted === 'run') return program
  for (const name of ['resume', 'retry'])
    addResumeOptions(program.command(name).description(say(`command.${name}`)), say)
      .argument('<folder>', say('argument.run_dir'))
      .action(async (folder: string, flags: Manners, command: Command) => {
        const { resume } = await import('./resume-command.ts')
        end(await resume(folder, typed(command), flags, name === 'retry', say, locale))
      })
  addManners(addReadOptions(program.command('check').description(say('command.check')), say), say)
    .argument('<files...>', say('argument.files'))
    .action(async (files: string[], flags: ReadFlags, command: Command) => {
      const { check } = await import('./check-command.ts')
      end(await check(files, await settled(command, flags), say, locale))
    })
  addExportOptions(program.command('export').description(say('command.export')), say)
    .argument('<folder>', say('argument.run_dir'))
    .action(async (folder: string, flags: ExportFlags) => {
      const { exportRun } = await import('./export-command.ts')
      end(await exportRun(folder, flags, say, locale))
    })
  program
    .command('import-overrides')
    .description(say('command.import_overrides'))
    .argument('<folder>', say('argument.run_dir'))
    .argument('<workbook>', say('argument.workbook'))
    .option('--json', say('option.json'))
    .option('-q, --quiet', say('option.quiet'))
    .action(async (folder: string, workbook: string, flags: { json?: boolean; quiet?: boolean }) => {
      const { importOverrides } = await import('./import-overrides-command.ts')
      end(await importOverrides(folder, workbook, flags, say, locale))
    })
  program
    .command('explain')
    .description(say('command.explain'))
    .argument('<name>', say('argument.name'))
    .requiredOption('--run-dir <folder>', say('option.run_dir'))
    .option('--json', say('option.json'))
    .action(async (name: string, flags: { runDir: string; json?: boolean }) => {
      const { explain } = await import('./explain-command.ts')
      end(explain(name, flags, say, locale))
    })
  addRunOptions(program.command('config').description(say('command.config')), say)
    .option('--show-origin', say('option.show_origin'))
    .action(async (flags: RunFlags & { showOrigin?: boolean }, command: Command) => {
      const { showConfig } = await import('./config-command.ts')
      const all = await settled(command, flags)
      end(showConfig(command, all, all.origins ?? {}, say))
    })
  program
    .command('init')
    .description(say('command.init'))
    .argument('[folder]', say('argument.init_folder'), '.')
    .action(async (folder: string) => {
      const { init } = await import('./init-command.ts')
      end(await init(folder, program.commands.find((each) => each.name() === 'run')!, say))
    })
  program
    .command('completion')
    .description(say('command.completion'))
    .addArgument(new Argument('<shell>', say('argument.shell')).choices(SHELLS))
    .action(async (shell: (typeof SHELLS)[number]) => {
      const { completion } = await import('./completion-command.ts')
      end(completion(shell, program))
    })
  addServeOptions(program.command('serve').description(say('command.serve')), say).action(async (flags: ServeFlags) => {
    const { serve } = await import('./serve-command.ts')
    end(await serve(flags, say))
  })
  program
    .command('compare')
    .description(say('command.compare'))
    .argument('<before>', say('argument.before'))
    .argument('<after>', say('argument.after'))
    .option('--json', say('option.json'))
    .action(async (before: string, after: string, flags: { json?: boolean }) => {
      const { compare } = await import('./compare-command.ts')
      end(compare(before, after, flags, say, locale))
    })
  program
    .command('doctor')
    .description(say('command.doctor'))
    .option('--json', say('option.json'))
    .action(async (flags: { json?: boolean }) => {
      const { doctor } = await import('./doctor-command.ts')
      end(await doctor(flags, say))
    })
  program
    .command('demo')
    .description(say('command.demo'))
    .option('--run-dir <folder>', say('option.run_dir'))
    .option('-q, --quiet', say('option.quiet'))
    .option('--once', say('option.once'))
    .option('--port <n>', say('option.port'), DEFAULT_PORT)
    .option('--data-dir <folder>', say('option.data_dir'), DEFAULT_DATA_DIR)
    .option('--no-open', say('option.no_open'))
    .action(async (flags: DemoFlags) => {
      const { demo } = await import('./demo-command.ts')
      end(await demo(flags, say, locale))
    })
  return program
}

/** The flags with what environment and project add to them, and where each came from. */
async function settled<Flags extends ReadFlags>(command: Command, flags: Flags): Promise<Flags> {
  const { applySettings } = await import('./settings.ts')
  const origins = applySettings(command, flags.config)
  return { ...(command.opts() as Flags), origins }
}

/** What was typed, without the defaults: these are as they were when the run began. */
function typed(command: Command): Partial<RunFlags> {
  const given = Object.entries(command.opts()).filter(([name]) => command.getOptionValueSource(name) === 'cli')
  return Object.fromEntries(given)
}

/** Runs one command line to its end and leaves its exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  acceptBrokenPipe()
  // paths are then as the caller wrote them, in the messages too
  process.chdir(callerFolder())
  const locale = wantedLocale(argv)
  const say = sayIn(locale)
  const isHelp = argv.some((word) => word === '-h' || word === '--help')
  const program = programIn(say, locale, isHelp ? undefined : argv[0])
  try {
    if (argv.length === 0) program.outputHelp()
    else await program.parseAsync([...argv], { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) process.exitCode = EXIT.done
    else {
      const { report, UsageError } = await import('./errors.ts')
      process.exitCode = report(
        error instanceof CommanderError ? new UsageError(parserSentence(error, say)) : error,
        say,
        locale,
      )
    }
  }
}
