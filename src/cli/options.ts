import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Say } from './words.ts'

/** How files are read; every one overrides what is detected. */
export interface ReadFlags {
  readonly series?: string
  readonly date?: string
  readonly value?: string
  readonly frequency?: string
  readonly seasonLength?: number
  readonly delimiter?: string
  readonly quote?: string
  readonly decimal?: string
  readonly thousands?: string
  readonly dateOrder?: 'ymd' | 'dmy' | 'mdy'
  readonly encoding?: string
  readonly sheet?: string
  readonly regressors?: string
  readonly gaps?: 'zero' | 'interpolate' | 'keep'
  readonly duplicates?: 'sum' | 'mean' | 'last' | 'refuse'
  readonly negatives?: 'keep' | 'zero' | 'missing'
  readonly outliers?: 'report' | 'correct' | 'ignore'
  readonly incomplete?: 'drop' | 'keep'
  readonly stockOuts?: 'missing' | 'keep'
  /** File for the full list of problems. */
  readonly problems?: string
  readonly maxFileMb?: number
  readonly acceptRejects?: boolean
  /** False with `--no-input`: nobody is asked anything. */
  readonly input: boolean
  readonly json?: boolean
  /** File of settings. */
  readonly config?: string
  /** Where each value came from, by flag. */
  readonly origins?: Readonly<Record<string, string>>
}

export interface RunFlags extends ReadFlags {
  readonly horizon?: number
  readonly preset?: string
  readonly effort?: string
  readonly validationSplit?: number
  readonly maxModels?: number
  readonly timeoutPerModel?: number
  readonly deadline?: number | string
  readonly workers?: number
  readonly level?: readonly number[]
  readonly nonNegative?: boolean | 'auto'
  readonly leadTime?: number | string
  readonly serviceLevel?: number
  readonly holidays?: string
  readonly reviewPeriod?: number
  readonly leadTimeSd?: number
  readonly serviceMeasure?: string
  readonly hierarchy?: string
  readonly reconciliation?: string
  /** False with `--no-analogy`. */
  readonly analogy?: boolean
  /** Folder of the run before. */
  readonly against?: string
  readonly seed?: number
  readonly output?: readonly string[]
  /** `dated`, `excel`, `legacy-v1`, or a mapping for another system: its name or file. */
  readonly profile: string
  readonly fileLocale?: string
  readonly set?: readonly string[]
  readonly runDir?: string
  readonly forceNew?: boolean
  /** Folder of the run that this one continues. */
  readonly continue?: string
  readonly quiet?: boolean
  readonly failOn: FailOn
}

/** How a finished run is written once more. */
export interface ExportFlags extends Pick<RunFlags, 'profile' | 'fileLocale' | 'set' | 'json' | 'quiet'> {
  readonly output: readonly string[]
  readonly previous?: string
  readonly dryRun?: boolean
}

/** What belongs to one call, not to the run: never taken over from the call that began it. */
export type Manners = Pick<RunFlags, 'json' | 'quiet' | 'input' | 'failOn'>

/** `any`, `none`, or the percentage of failed series from which the run counts as failed. */
export type FailOn = 'any' | 'none' | number

const unquoted: Readonly<Record<string, string>> = { tab: '\t', '\\t': '\t', space: ' ', none: '' }

const parsers = (say: Say) => ({
  text: (value: string) => value,
  /** `tab`, `space` and `none` can be typed as words. */
  character: (value: string) => unquoted[value] ?? value,
  number(value: string): number {
    const parsed = Number(value)
    if (value.trim() === '' || !Number.isFinite(parsed)) throw new InvalidArgumentError(say('usage.number'))
    return parsed
  },
  count(value: string): number {
    const parsed = Number(value)
    if (!Number.isInteger(parsed) || parsed < 1) throw new InvalidArgumentError(say('usage.count'))
    return parsed
  },
  /** 80 and 0.8 are the same level. */
  level(value: string, before: readonly number[] | undefined): number[] {
    const parsed = Number(value.replace(/%$/, ''))
    const level = parsed > 1 ? parsed / 100 : parsed
    if (!(level > 0 && level < 1)) throw new InvalidArgumentError(say('usage.level'))
    return [...(before ?? []), level].sort((a, b) => a - b)
  },
  /** A number, or one with its unit as `10d`. */
  numberOrText: (value: string): number | string =>
    value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value,
  share(value: string): number {
    const parsed = Number(value.replace(/%$/, ''))
    if (value.trim() === '' || !Number.isFinite(parsed)) throw new InvalidArgumentError(say('usage.number'))
    return parsed > 1 ? parsed / 100 : parsed
  },
  /** A language or region as `it` or `de-CH`. */
  tag(value: string): string {
    try {
      return Intl.getCanonicalLocales(value)[0]!
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      throw new InvalidArgumentError(say('usage.tag'))
    }
  },
  several: (value: string, before: readonly string[] | undefined) => [...(before ?? []), value],
  nonNegative(value: string): boolean | 'auto' {
    return value === 'auto' ? 'auto' : value === 'true' || value === 'yes'
  },
  failOn(value: string): FailOn {
    if (value === 'any' || value === 'none') return value
    const parsed = Number(value.replace(/%$/, ''))
    if (value === '' || !(parsed >= 0 && parsed <= 100)) throw new InvalidArgumentError(say('usage.fail_on'))
    return parsed
  },
})

type Kind = keyof ReturnType<typeof parsers>
/** Flags, how the value is read, the group in the help, and the values allowed. */
type Row = readonly [flags: string, kind: Kind | null, choices?: readonly string[], fallback?: string]

const READ: readonly Row[] = [
  ['--series <column>', 'text'],
  ['--date <column>', 'text'],
  ['--value <column>', 'text'],
  ['--regressors <columns>', 'text'],
  ['--sheet <name>', 'text'],
  ['--frequency <word>', 'text'],
  ['--season-length <n>', 'count'],
]
const DIALECT: readonly Row[] = [
  ['--delimiter <char>', 'character'],
  ['--quote <char>', null, ['"', "'"]],
  ['--decimal <char>', 'character'],
  ['--thousands <char>', 'character'],
  ['--date-order <order>', null, ['ymd', 'dmy', 'mdy']],
  ['--encoding <name>', 'text'],
]
const REPAIRS: readonly Row[] = [
  ['--gaps <how>', null, ['zero', 'interpolate', 'keep']],
  ['--duplicates <how>', null, ['sum', 'mean', 'last', 'refuse']],
  ['--negatives <how>', null, ['keep', 'zero', 'missing']],
  ['--outliers <how>', null, ['report', 'correct', 'ignore']],
  ['--incomplete <how>', null, ['drop', 'keep']],
  ['--stock-outs <how>', null, ['missing', 'keep']],
]
const METHOD: readonly Row[] = [
  ['--preset <name>', 'text'],
  ['--effort <word>', null, ['fast', 'balanced', 'thorough']],
  ['--validation-split <share>', 'share'],
  ['--max-models <n>', 'count'],
  ['--timeout-per-model <seconds>', 'number'],
  ['--deadline <time>', 'numberOrText'],
  ['--workers <n>', 'count'],
  ['--level <percent>', 'level'],
  ['--non-negative <word>', 'nonNegative', ['auto', 'yes', 'no', 'true', 'false']],
  ['--lead-time <periods>', 'numberOrText'],
  ['--service-level <share>', 'share'],
  ['--lead-time-sd <periods>', 'number'],
  ['--service-measure <measure>', null, ['cycle', 'fill_rate']],
  ['--review-period <periods>', 'number'],
  ['--hierarchy <how>', 'text'],
  ['--reconciliation <method>', null, ['bottom_up', 'ols', 'wls', 'mint']],
  ['--no-analogy', null],
  ['--against <folder>', 'text'],
  ['--holidays <place>', 'text'],
  ['--seed <n>', 'number'],
]
const OUTPUT: readonly Row[] = [
  ['-o, --output <file>', 'several'],
  ['--profile <name>', 'text', undefined, 'dated'],
  ['--file-locale <code>', 'tag'],
  ['--set <name=value>', 'several'],
  ['--run-dir <folder>', 'text'],
  ['--force-new', null],
  ['--continue <folder>', 'text'],
]
const EXPORT: readonly Row[] = [
  ...OUTPUT.filter(([flags]) => !/run-dir|force-new/.test(flags)),
  ['--previous <folder>', 'text'],
  ['--dry-run', null],
]
const MANNERS: readonly Row[] = [
  ['--json', null],
  ['--no-input', null],
  ['--max-file-mb <n>', 'number'],
  ['--accept-rejects', null],
  ['--problems <file>', 'text'],
  ['--config <file>', 'text'],
]
const RUN_MANNERS: readonly Row[] = [
  ['-q, --quiet', null],
  ['--fail-on <rule>', 'failOn', undefined, 'any'],
]

/** The word of an option in the locale files: `--max-file-mb <n>` is `option.max_file_mb`. */
const wordOf = (flags: string): string => /--([a-z-]+)/.exec(flags)![1]!.replaceAll('-', '_')

function add(command: Command, say: Say, group: string, rows: readonly Row[]): void {
  const parse = parsers(say)
  command.optionsGroup(say(`help.${group}`))
  for (const [flags, kind, choices, fallback] of rows) {
    const option = new Option(flags, say(`option.${wordOf(flags)}`))
    if (choices !== undefined) option.choices([...choices])
    if (kind !== null) {
      const read = parse[kind] as (value: string, before: unknown) => unknown
      option.argParser((value, before: unknown) => {
        if (choices !== undefined && !choices.includes(value))
          throw new InvalidArgumentError(say('usage.choices', { choices: choices.join(', ') }))
        return read(value, before)
      })
    }
    if (fallback !== undefined) option.default(fallback)
    command.addOption(option)
  }
}

export function addReadOptions(command: Command, say: Say): Command {
  add(command, say, 'what', READ)
  add(command, say, 'dialect', DIALECT)
  add(command, say, 'repairs', REPAIRS)
  return command
}

export function addManners(command: Command, say: Say): Command {
  add(command, say, 'manners', MANNERS)
  return command
}

/** What may be changed where a run is taken up again. */
export function addResumeOptions(command: Command, say: Say): Command {
  add(command, say, 'what', [['--horizon <n>', 'count']])
  add(command, say, 'how', METHOD)
  add(
    command,
    say,
    'manners',
    MANNERS.filter(([flags]) => !/--max-file-mb|--config/.test(flags)),
  )
  add(command, say, 'manners', RUN_MANNERS)
  return command
}

/** `--output` must be given: there is nothing else to do. */
export function addExportOptions(command: Command, say: Say): Command {
  add(command, say, 'output', EXPORT)
  add(command, say, 'manners', [
    ['--json', null],
    ['-q, --quiet', null],
  ])
  command.options.find(({ long }) => long === '--output')?.makeOptionMandatory()
  return command
}

export function addRunOptions(command: Command, say: Say): Command {
  add(command, say, 'what', [['--horizon <n>', 'count']])
  addReadOptions(command, say)
  add(command, say, 'how', METHOD)
  add(command, say, 'output', OUTPUT)
  addManners(command, say)
  add(command, say, 'manners', RUN_MANNERS)
  return command
}
