import { useAddress } from '../data/address.ts'

/** What narrows and orders the table of all series: in the address, and so in a saved view. */
export const FILTERS = ['q', 'model', 'pattern', 'status', 'grade', 'skill', 'abc', 'xyz', 'sort'] as const
export type FilterName = (typeof FILTERS)[number]
export type Filters = Readonly<Record<FilterName, string | null>>

/** Everything, in the order of the input. */
export const NONE = Object.fromEntries(FILTERS.map((name) => [name, null])) as Filters

export function useFilters(): {
  readonly filters: Filters
  readonly set: (changes: Partial<Filters>) => void
  readonly isAny: boolean
} {
  const { get, set } = useAddress()
  const filters = Object.fromEntries(FILTERS.map((name) => [name, get(name)])) as Filters
  return {
    filters,
    set: (changes) => set(changes as Record<string, string | null>),
    isAny: FILTERS.some((name) => name !== 'sort' && filters[name] !== null),
  }
}

/** As the server takes them: `skill` is whether a forecast beats repeating the season. */
export const queryOf = ({ skill, ...rest }: Filters): Record<string, string | null> => ({
  ...rest,
  min_skill: skill === 'better' ? '0' : null,
  max_skill: skill === 'worse' ? '0' : null,
})
