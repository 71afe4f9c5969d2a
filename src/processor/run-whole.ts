import type { SeriesResult } from '../batch/run-result.ts'
import type { PortfolioItem } from '../io/portfolio.ts'
import type { Finished } from '../portfolio/finish.ts'
import type { Grouping, groupingOf, Part } from '../portfolio/grouping.ts'
import type { Member } from '../portfolio/member.ts'
import { joinPredecessors } from '../portfolio/predecessors.ts'
import type { ProcessorConfig } from './config.ts'
import { type Entry, entryOf } from './portfolio.ts'
import { type RunOptions, runEntries, workersFor } from './run-portfolio.ts'

/**
 * Forecasts a whole portfolio: histories with those of their predecessors, the totals of its hierarchy beside the series,
 * then what only all results together tell. Results are in the order of the entries, those of totals after them. Throws
 * `config_invalid` where nothing groups the series as the configuration asks.
 */
export async function runWhole(
  given: readonly Entry[],
  config: ProcessorConfig,
  options: RunOptions & {
    /** Of each series and total as it comes, before the portfolio has made anything of it; the run waits for it. */
    readonly onSeries?: (result: SeriesResult, index: number) => void | Promise<void>
  },
): Promise<Finished & { readonly results: readonly SeriesResult[] }> {
  const { entries, links } = joined(given)
  const parts = entries.map(partOf)
  const grouping = config.hierarchy === null ? null : await groupingAsked(parts, config.hierarchy)
  const told = grouping === null ? entries : withProblems(entries, grouping)
  const all = [...told, ...(grouping?.series ?? []).map(totalEntry)]
  const raw = new Array<SeriesResult>(all.length)
  const run = runEntries([all], config, {
    ...options,
    workers: options.workers ?? workersFor(config, all.length),
    totalTasks: all.length,
    whole: true,
  })
  // loaded while the workers compute, so when they have what to compute
  const last = new Promise(setImmediate).then(() => import('../portfolio/finish.ts'))
  for await (const some of run)
    for (const [index, result] of some) {
      raw[index] = result
      await options.onSeries?.(result, index)
    }
  const members = told.map(
    ({ item, supply, group, endOfLife }, i): Member => ({
      result: raw[i]!,
      ...{ values: item.values, calendar: item.calendar, seasonLength: item.seasonLength },
      ...{ supply, group, endOfLife, ...links[i] },
    }),
  )
  const { finishPortfolio } = await last
  const finished = finishPortfolio(members, raw.slice(told.length), grouping && { ...grouping, parts }, config)
  return { ...finished, results: [...finished.members.map(({ result }) => result), ...finished.totals] }
}

/** Most portfolios have none. */
async function groupingAsked(...given: Parameters<typeof groupingOf>): Promise<Grouping> {
  const { groupingOf } = await import('../portfolio/grouping.ts')
  return groupingOf(...given)
}

/** The same for what was read from files. */
export const runPortfolio = (
  items: readonly PortfolioItem[],
  ...[config, options]: [ProcessorConfig, Parameters<typeof runWhole>[2]]
): ReturnType<typeof runWhole> => runWhole(items.map(entryOf), config, options)

/** Entries with their predecessors' histories, and for each who is linked with whom. */
function joined(entries: readonly Entry[]): {
  entries: readonly Entry[]
  links: readonly Pick<Member, 'predecessor' | 'successor'>[]
} {
  if (entries.every(({ predecessor }) => predecessor === undefined)) return { entries, links: entries.map(() => ({})) }
  const linked = entries.map(({ item: { name, values, calendar }, predecessor }) => ({
    ...{ name, values, calendar, predecessor },
  }))
  const found = joinPredecessors(linked)
  const successors = new Map(
    found.flatMap(({ from }, i) => (from === null ? [] : [[from.name, entries[i]!.item.name] as const])),
  )
  return {
    entries: entries.map((entry, i) => {
      const { values, calendar, problem } = found[i]!
      const { item, regressors } = entry
      const more = values.length - item.values.length
      const problems = problem === null ? item.problems : [...item.problems, problem]
      return {
        ...entry,
        item: { ...item, values, calendar, problems },
        // what is known of a period from outside is not known of the predecessor's
        ...(regressors && more > 0 && { regressors: undefined }),
      }
    }),
    links: entries.map(({ item: { name } }, i) => ({
      predecessor: found[i]!.from ?? undefined,
      successor: successors.get(name),
    })),
  }
}

const partOf = ({ item, group }: Entry): Part => {
  const { name, values, calendar, seasonLength, unit } = item
  return { name, values, calendar, seasonLength, unit, group }
}

function withProblems(entries: readonly Entry[], { problems }: Grouping): readonly Entry[] {
  const of = Map.groupBy(problems, ({ series }) => series)
  return entries.map((entry) => {
    const own = of.get(entry.item.name)
    return own === undefined ? entry : { ...entry, item: { ...entry.item, problems: [...entry.item.problems, ...own] } }
  })
}

const totalEntry = (series: Grouping['series'][number]): Entry => ({
  item: { ...series, repairs: [], problems: [] },
  frequency: series.calendar?.frequency ?? null,
  terms: {},
  supply: {},
  group: {},
})
