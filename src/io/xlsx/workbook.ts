import type { ZipMember } from '../zip/zip-members.ts'
import { readXml } from './xml.ts'

export interface Sheet {
  readonly name: string
  readonly hidden: boolean
  readonly part: ZipMember
}

/** Sheets in their order, how dates are counted, and which cell styles are dates. */
export interface Workbook {
  readonly sheets: readonly Sheet[]
  /** Serial numbers count from 1904, as on old Macs. */
  readonly from1904: boolean
  readonly dateStyles: ReadonlySet<number>
  readonly sharedStrings: ZipMember | null
  readonly macros: boolean
}

/** Built-in number formats that show dates (ECMA-376 part 1, 18.8.30, and those of East Asian locales). */
const isDateFormat = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)

/** Reads the parts that tell of the sheets. Null where the package is no workbook. */
export async function readWorkbook(members: readonly ZipMember[]): Promise<Workbook | null> {
  const part = (name: string): ZipMember | null =>
    members.find((each) => each.name.toLowerCase() === name.toLowerCase()) ?? null
  const main = part('xl/workbook.xml')
  if (main === null) return null
  const targets = await relations(part('xl/_rels/workbook.xml.rels'))
  const sheets: { name: string; hidden: boolean; relation: string }[] = []
  let from1904 = false
  await readXml(main, {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = attributes.date1904 === '1' || attributes.date1904 === 'true'
      if (name === 'sheet') {
        const relation = Object.entries(attributes).find(([key]) => key === 'id' || key.endsWith(':id'))?.[1] ?? ''
        sheets.push({ name: attributes.name ?? '', hidden: (attributes.state ?? 'visible') !== 'visible', relation })
      }
    },
  })
  const found = sheets.flatMap(({ name, hidden, relation }): Sheet[] => {
    const target = targets.get(relation)
    const member = target === undefined ? null : part(target)
    return member === null ? [] : [{ name, hidden, part: member }]
  })
  return {
    sheets: found,
    from1904,
    dateStyles: await dateStyles(part('xl/styles.xml')),
    sharedStrings: part('xl/sharedStrings.xml'),
    macros: part('xl/vbaProject.bin') !== null,
  }
}

/** Targets of parts inside the package; external ones (links, pictures) are never looked up. */
async function relations(rels: ZipMember | null): Promise<Map<string, string>> {
  const targets = new Map<string, string>()
  if (rels === null) return targets
  await readXml(rels, {
    open: (name, { Id: id, Target: target, TargetMode: mode }) => {
      if (name !== 'Relationship' || id === undefined || target === undefined || mode === 'External') return
      targets.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`)
    },
  })
  return targets
}

async function dateStyles(styles: ZipMember | null): Promise<Set<number>> {
  const dates = new Set<number>()
  if (styles === null) return dates
  const custom = new Set<number>()
  let inCells = false
  let style = 0
  await readXml(styles, {
    open: (name, attributes) => {
      if (name === 'numFmt' && showsDate(attributes.formatCode ?? '')) custom.add(Number(attributes.numFmtId))
      if (name === 'cellXfs') inCells = true
      if (name !== 'xf' || !inCells) return
      const id = Number(attributes.numFmtId ?? 0)
      if (isDateFormat(id) || custom.has(id)) dates.add(style)
      style++
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false
    },
  })
  return dates
}

/** True where the code holds a day, month or year outside quoted words and brackets: `dd/mm/yyyy`, `[$-410]mmm-yy`. */
const showsDate = (formatCode: string): boolean =>
  /[dmyh]/i.test(formatCode.replace(/"[^"]*"|\\.|_.|\[(?!h|m|s)[^\]]*\]/gi, '').replace(/general|[er]{2,}/gi, ''))
