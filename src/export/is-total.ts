import type { SeriesResult } from '../batch/run-result.ts'

/** Is it the total of other results? Whoever adds up must not count it beside its parts. */
export const isTotal = ({ portfolio }: SeriesResult): boolean => (portfolio?.total ?? null) !== null
