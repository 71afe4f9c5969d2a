import { useState } from 'react'
import { useWords } from '../words/words.tsx'
import { type Cell, useCopy } from './use-copy.ts'

/** The numbers of a chart, to be read and to be copied into a spreadsheet with the decimals of the reader. */
export function DataTable({
  caption,
  columns,
  rows,
}: {
  readonly caption: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}) {
  const { say, number } = useWords()
  const copyRows = useCopy()
  const [isCopied, setIsCopied] = useState(false)
  const copy = async (): Promise<void> => {
    await copyRows([columns, ...rows])
    setIsCopied(true)
  }
  return (
    <div className="stack" style={{ gap: 8 }}>
      <div>
        <button type="button" className="button" onClick={copy}>
          {say(isCopied ? 'chart.copied' : 'chart.copy')}
        </button>
      </div>
      <section className="scroll" style={{ maxHeight: 420, overflow: 'auto' }} tabIndex={0} aria-label={caption}>
        <table>
          <caption className="hush">{caption}</caption>
          <thead>
            <tr>
              {columns.map((name, i) => (
                <th key={name} scope="col" className={i === 0 ? '' : 'number'}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows are periods, in their order
              <tr key={i}>
                {row.map((value, j) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: cells are columns, in their order
                  <td key={j} className={j === 0 ? '' : 'number'}>
                    {typeof value === 'number' ? number(value, 6) : (value ?? '')}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  )
}
