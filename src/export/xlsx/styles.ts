import { DECLARATION, escapeXml, MAIN } from './xml.ts'

/** Colours of the design: ink, paper, one accent; meaning also has a shape. */
export const INK = '1C2024'
export const MUTED = '5B6470'
export const LINE = 'E3E6E8'
export const ACCENT = '0B7A75'
const GOOD = '2B7A3D'
const ATTENTION = 'B45F06'
const BAD = 'B3261E'
const INFO = '2D5FA4'

/** Number formats of our own, from 164 on. 14 is the reader's own short date. */
const FORMATS = ['#,##0', '#,##0.0', '#,##0.00', '0%', '0.0%', '+0%;-0%;0%', '0.000', 'yyyy-mm-dd hh:mm'] as const
const format = (name: (typeof FORMATS)[number]): number => 164 + FORMATS.indexOf(name)

interface Look {
  readonly format?: number
  readonly font?: number
  readonly fill?: number
  readonly border?: number
  readonly alignment?: string
  readonly unlocked?: boolean
}

const [PLAIN, BOLD, TITLE, HEADING, QUIET, LINK] = [0, 1, 2, 3, 4, 5]
const WRAP = 'vertical="top" wrapText="1" indent="1"'

const LOOKS = {
  plain: {},
  word: { alignment: 'indent="1"' },
  text: { format: 49 },
  wrap: { alignment: WRAP },
  header: { font: BOLD, border: 1, alignment: 'vertical="center" wrapText="1"' },
  headerWord: { font: BOLD, border: 1, alignment: 'vertical="center" wrapText="1" indent="1"' },
  headerRight: { font: BOLD, border: 1, alignment: 'horizontal="right" vertical="center" wrapText="1"' },
  title: { font: TITLE },
  heading: { font: HEADING },
  quiet: { font: QUIET },
  quietWrap: { font: QUIET, alignment: WRAP },
  label: { font: QUIET, alignment: 'vertical="top"' },
  bold: { font: BOLD },
  link: { font: LINK, format: 49 },
  number0: { format: format('#,##0') },
  number1: { format: format('#,##0.0') },
  number2: { format: format('#,##0.00') },
  figure: { format: format('#,##0'), font: HEADING, alignment: 'horizontal="left"' },
  count: { format: format('#,##0'), alignment: 'horizontal="left"' },
  share: { format: format('0%'), alignment: 'horizontal="left"' },
  gain: { format: format('+0%;-0%;0%'), alignment: 'horizontal="left"' },
  ratio: { format: format('0.000') },
  percent: { format: format('0%') },
  percent1: { format: format('0.0%') },
  change: { format: format('+0%;-0%;0%') },
  date: { format: 14, alignment: 'horizontal="left"' },
  time: { format: format('yyyy-mm-dd hh:mm'), alignment: 'horizontal="left"' },
  input: { fill: 2, border: 2, unlocked: true },
  inputText: { format: 49, fill: 2, border: 2, unlocked: true },
  choice: { format: 49, font: HEADING, fill: 2, border: 2, unlocked: true },
} as const satisfies Record<string, Look>

export type Style = keyof typeof LOOKS

const NAMES = Object.keys(LOOKS) as Style[]

/** The number that a cell carries for a look. */
export const styleIndex = (style: Style): number => NAMES.indexOf(style)

/** Looks that conditional formats put over a cell, by their number. */
export const DIFFERENCES = { good: 0, attention: 1, bad: 2, info: 3, changed: 4, unseen: 5 } as const

const font = (size: number, colour: string, extra = ''): string =>
  `<font>${extra}<sz val="${size}"/><color rgb="FF${colour}"/><name val="Calibri"/><family val="2"/></font>`
const solid = (colour: string): string =>
  `<fill><patternFill patternType="solid"><fgColor rgb="FF${colour}"/><bgColor indexed="64"/></patternFill></fill>`
const side = (name: string, colour: string, style = 'thin'): string =>
  `<${name} style="${style}"><color rgb="FF${colour}"/></${name}>`

function look({ format: number = 0, font: f = PLAIN, fill = 0, border = 0, alignment, unlocked }: Look): string {
  const inner = `${alignment === undefined ? '' : `<alignment ${alignment}/>`}${unlocked ? '<protection locked="0"/>' : ''}`
  const flags = `${number ? ' applyNumberFormat="1"' : ''}${f ? ' applyFont="1"' : ''}${fill ? ' applyFill="1"' : ''}${border ? ' applyBorder="1"' : ''}${alignment ? ' applyAlignment="1"' : ''}${unlocked ? ' applyProtection="1"' : ''}`
  const head = `<xf numFmtId="${number}" fontId="${f}" fillId="${fill}" borderId="${border}" xfId="0"${flags}`
  return inner === '' ? `${head}/>` : `${head}>${inner}</xf>`
}

const difference = (colour: string, fill?: string): string =>
  `<dxf><font><color rgb="FF${colour}"/></font>${fill === undefined ? '' : `<fill><patternFill><bgColor rgb="FF${fill}"/></patternFill></fill>`}</dxf>`

const list = (name: string, items: readonly string[]): string =>
  `<${name} count="${items.length}">${items.join('')}</${name}>`

/** The part `xl/styles.xml`. */
export const stylesXml = (): string =>
  [
    `${DECLARATION}<styleSheet xmlns="${MAIN}">`,
    list(
      'numFmts',
      FORMATS.map((code, i) => `<numFmt numFmtId="${164 + i}" formatCode="${escapeXml(code)}"/>`),
    ),
    list('fonts', [
      font(11, INK),
      font(11, INK, '<b/>'),
      font(20, INK, '<b/>'),
      font(14, INK, '<b/>'),
      font(10, MUTED),
      font(11, ACCENT, '<u/>'),
    ]),
    list('fills', [
      '<fill><patternFill patternType="none"/></fill>',
      '<fill><patternFill patternType="gray125"/></fill>',
      solid('FFF8E1'),
    ]),
    list('borders', [
      '<border><left/><right/><top/><bottom/><diagonal/></border>',
      `<border><left/><right/><top/>${side('bottom', ACCENT)}<diagonal/></border>`,
      `<border>${side('left', LINE)}${side('right', LINE)}${side('top', LINE)}${side('bottom', LINE)}<diagonal/></border>`,
    ]),
    list('cellStyleXfs', ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>']),
    list(
      'cellXfs',
      NAMES.map((name) => look(LOOKS[name])),
    ),
    list('cellStyles', ['<cellStyle name="Normal" xfId="0" builtinId="0"/>']),
    list('dxfs', [
      difference(GOOD),
      difference(ATTENTION),
      difference(BAD),
      difference(INFO),
      difference(INK, 'FFE082'),
      difference('FFFFFF'),
    ]),
    '<tableStyles count="0" defaultTableStyle="TableStyleLight1" defaultPivotStyle="PivotStyleLight16"/></styleSheet>',
  ].join('')
