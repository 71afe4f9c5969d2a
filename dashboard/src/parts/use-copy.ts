import { useWords } from '../words/words.tsx'
import { useAnnounce } from './announcer.tsx'

export type Cell = string | number | null

/** Puts a table where a spreadsheet takes it from, with the decimals of the reader. */
export function useCopy(): (rows: readonly (readonly Cell[])[]) => Promise<void> {
  const { say, locale } = useWords()
  const announce = useAnnounce()
  return async (rows) => {
    const plain = new Intl.NumberFormat(locale, { useGrouping: false, maximumFractionDigits: 12 })
    const cell = (value: Cell): string =>
      value === null ? '' : typeof value === 'number' ? plain.format(value) : value.replaceAll(/[\t\n]/g, ' ')
    await navigator.clipboard.writeText(rows.map((row) => row.map(cell).join('\t')).join('\n'))
    announce(say('chart.copied'))
  }
}
