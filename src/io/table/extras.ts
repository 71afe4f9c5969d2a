import type { ReadOptions } from '../read-options.ts'
import type { Column } from './columns.ts'
import { countsDays, type NamedRole } from './role-names.ts'

/** What a column tells of a whole series, beside its values. */
const ATTRIBUTES = [
  'unit',
  'price',
  'cost',
  'stock',
  'leadTime',
  'serviceLevel',
  'minimumOrder',
  'orderMultiple',
  'onOrder',
  'predecessor',
  'endOfLife',
  'description',
] as const
/** Attributes that are texts, or dates: their cells are no numbers. */
export const TEXTS: readonly AttributeRole[] = ['unit', 'description', 'location', 'predecessor', 'endOfLife']
/** A location is told of a series where it is no part of its name. */
export type AttributeRole = (typeof ATTRIBUTES)[number] | 'location'

export interface Attribute {
  readonly role: AttributeRole
  readonly index: number
  /** Lead times: the name says that they are days. */
  readonly days: boolean
}

/** Columns beside date, series and value. */
export interface Extras {
  readonly attributes: readonly Attribute[]
  /** What is known of each period from outside. */
  readonly regressors: readonly number[]
  /** The stock of each period, or a word that says that there was none. */
  readonly stock: number | null
  readonly stockOut: number | null
  /** All of these. */
  readonly used: ReadonlySet<number>
}

export const noExtras: Extras = { attributes: [], regressors: [], stock: null, stockOut: null, used: new Set() }

const MOSTLY = 0.7
const isNumber = (column: Column): boolean => column.numeric >= MOSTLY || column.filled === 0
const isState = (column: Column): boolean => column.truth >= MOSTLY || isNumber(column)

const HOLDS: Readonly<Record<(typeof ATTRIBUTES)[number], (column: Column) => boolean>> = {
  unit: (column) => column.numeric < 0.5 && column.filled > 0,
  price: isNumber,
  cost: isNumber,
  stock: isNumber,
  // `10 giorni` is no number
  leadTime: () => true,
  serviceLevel: isNumber,
  minimumOrder: isNumber,
  orderMultiple: isNumber,
  onOrder: isNumber,
  predecessor: () => true,
  endOfLife: () => true,
  description: (column) => column.numeric < MOSTLY,
}

/**
 * Columns that say more of a series than its values: by their names, and by what they hold. A price that changes from
 * period to period acts as a regressor too. Columns that options give another part are left alone.
 */
export function extrasOf(columns: readonly Column[], options: ReadOptions): Extras {
  const { valueColumn, seriesColumns = [], regressorColumns } = options
  const free = columns.filter(({ name }) => name !== valueColumn && !seriesColumns.includes(name))
  const has = (column: Column, role: NamedRole): boolean => column.roles.includes(role)
  const plain = (column: Column): boolean => !has(column, 'value') && !has(column, 'series')
  const attributes = ATTRIBUTES.flatMap((role): Attribute[] => {
    const found = free.find((column) => has(column, role) && plain(column) && HOLDS[role](column))
    return found === undefined ? [] : [{ role, index: found.index, days: countsDays(found.name) }]
  })
  const stockOut = free.find((column) => has(column, 'stockOut') && isState(column))?.index ?? null
  const taken = new Set([...attributes.map(({ index }) => index), ...(stockOut === null ? [] : [stockOut])])
  const acts = (column: Column): boolean =>
    has(column, 'regressor') ||
    (column.hints.includes('regressor') && !column.hints.includes('value') && !column.hints.includes('series'))
  const regressors =
    regressorColumns === undefined
      ? free.filter((column) => (acts(column) && isState(column) && !taken.has(column.index)) || has(column, 'price'))
      : regressorColumns.flatMap((name) => free.filter((column) => column.name === name))
  const indices = regressors.filter((column) => isState(column)).map(({ index }) => index)
  const stock = attributes.find(({ role }) => role === 'stock')?.index ?? null
  return { attributes, regressors: indices, stock, stockOut, used: new Set([...taken, ...indices]) }
}

/** With the first column of places that is no part of the series' names. */
export function withLocation(extras: Extras, columns: readonly Column[], keys: readonly number[]): Extras {
  const place = columns.find(
    ({ roles, index }) => roles.includes('place') && !keys.includes(index) && !extras.used.has(index),
  )
  if (place === undefined) return extras
  return { ...extras, attributes: [...extras.attributes, { role: 'location', index: place.index, days: false }] }
}
