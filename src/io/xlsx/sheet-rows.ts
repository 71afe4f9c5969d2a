import { Problem } from '../../messages.ts'
import type { ByteSource } from '../bytes/source.ts'
import { MEGABYTE } from '../read-options.ts'
import { workbookTable } from './workbook-table.ts'

/** A row of a sheet: its number, the texts of its cells, and those that are numbers (NaN for texts). */
export interface SheetRow {
  readonly row: number
  readonly cells: readonly string[]
  readonly numbers: readonly number[]
}

/** All rows of the first sheet that has one of the names. Throws `sheet_unknown`, and what a workbook is refused for. */
export async function sheetRows(
  file: string,
  bytes: ByteSource,
  names: readonly string[],
  maxMb = 100,
): Promise<SheetRow[]> {
  const [name, ...others] = names
  try {
    const { tables } = await workbookTable(file, bytes, maxMb * MEGABYTE, { sheet: name! })
    const rows: SheetRow[] = []
    await tables[0]!.records.scan(
      (record) => {
        const cells = record.cells()
        rows.push({ row: record.line, cells, numbers: cells.map((_, i) => record.typed?.[i] ?? Number.NaN) })
        return true
      },
      () => {},
    )
    return rows
  } catch (error) {
    if (others.length === 0 || !(error instanceof Problem) || error.code !== 'sheet_unknown') throw error
    return sheetRows(file, bytes, others, maxMb)
  }
}
