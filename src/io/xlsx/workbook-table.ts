import { code, type LocatedProblem, Problem, problem } from '../../messages.ts'
import type { ByteSource } from '../bytes/source.ts'
import type { OpenedFile, OpenedTable } from '../open-file.ts'
import { LINE_LIMIT, type ReadOptions } from '../read-options.ts'
import { RecordStore } from '../record-store.ts'
import { zipMembers } from '../zip/zip-members.ts'
import { readSharedStrings, readSheet, type SheetRecords } from './sheet.ts'
import { readWorkbook, type Sheet, type Workbook } from './workbook.ts'
import { XmlRefused } from './xml.ts'

/** A workbook inflates to more than a table of text does: its marks weigh more than its numbers. */
const INFLATES = 4

/** What is told of packages that are no workbook of this kind, by a part that gives them away. */
const OTHERS: readonly (readonly [part: RegExp, found: string])[] = [
  [/^xl\/workbook\.bin$/, 'xlsb'],
  [/^mimetype$/, 'ods'],
  [/^word\//, 'docx'],
  [/^ppt\//, 'pptx'],
]

/**
 * The sheet of a workbook that was asked for, else the first visible one that holds anything; the others are told.
 * Macros, links and drawings are not looked at. Throws `file_type_mismatch`, `workbook_invalid`, `sheet_unknown`.
 */
export async function workbookTable(
  file: string,
  bytes: ByteSource,
  limit: number,
  options: ReadOptions,
): Promise<OpenedFile> {
  const members = await zipMembers(file, bytes, INFLATES * limit)
  const fail = (...[name, params]: Parameters<typeof problem>): Problem => new Problem(problem(name, params, { file }))
  try {
    const workbook = await readWorkbook(members)
    if (workbook === null) {
      const other = OTHERS.find(([part]) => members.some(({ name }) => part.test(name)))
      throw fail('file_type_mismatch', { file, found: other?.[1] ?? 'zip' })
    }
    const { sheets } = workbook
    const names = sheets.map(({ name }) => name)
    const asked = sheets.filter(({ name }) => name === options.sheet)
    if (options.sheet !== undefined && asked.length === 0)
      throw fail('sheet_unknown', { sheet: options.sheet, sheets: names.slice(0, 20).join(', ') })
    const candidates = options.sheet === undefined ? sheets.filter(({ hidden }) => !hidden) : asked
    const problems: LocatedProblem[] = workbook.macros ? [problem('macros_ignored', { file }, { file })] : []
    for (const sheet of candidates) {
      const read = await readOne(sheet, workbook)
      if (read.store.records === 0 && read.longRows.length === 0 && sheet !== candidates.at(-1)) continue
      const aside = names.filter((name) => name !== sheet.name)
      if (options.sheet === undefined && aside.length > 0)
        problems.push(
          problem(
            'sheets_left_aside',
            { sheet: sheet.name, count: aside.length, sheets: aside.slice(0, 10).join(', ') },
            { file },
          ),
        )
      return { problems: [...problems, ...findings(file, sheet, read)], tables: [tableOf(file, sheet, read)] }
    }
    throw fail('file_empty', { file })
  } catch (error) {
    if (error instanceof XmlRefused)
      throw new Problem(problem('workbook_invalid', { file, cause: error.cause }, { file }), undefined, error)
    throw error
  }
}

async function readOne(sheet: Sheet, workbook: Workbook): Promise<SheetRecords> {
  const store = new RecordStore()
  const strings = await readSharedStrings(workbook.sharedStrings, store)
  return readSheet(sheet.part, workbook, store, strings)
}

function findings(file: string, { name }: Sheet, { formulas, firstFormula, merged }: SheetRecords): LocatedProblem[] {
  const place = { file }
  return [
    ...(formulas > 0
      ? [problem('formulas_without_value', { sheet: name, count: formulas, cell: firstFormula }, place)]
      : []),
    ...(merged > 0 ? [problem('cells_merged', { sheet: name, count: merged }, place)] : []),
  ]
}

const tableOf = (file: string, sheet: Sheet, { store, longRows }: SheetRecords): OpenedTable => ({
  sheet: sheet.name,
  encoding: 'utf-8',
  delimiter: null,
  quote: null,
  evidence: [code('evidence_sheet', { sheet: sheet.name })],
  records: {
    scan: async (on, unreadable) => {
      for (const row of longRows) unreadable(problem('line_too_long', { row, limit: LINE_LIMIT }, { file, row }), 1)
      await store.scan(on)
    },
  },
})
