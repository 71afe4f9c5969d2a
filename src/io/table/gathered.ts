import type { Observations } from '../../series/observation.ts'
import { type GrowingIntegers, type GrowingNumbers, growingIntegers, growingNumbers } from '../growing.ts'

/** Rows of one series, with what stood beside its values: a column for each extra, of the same length. */
export interface Rows extends Observations {
  readonly extras: readonly Float64Array[]
}

/** The rows at these places, in this order. */
export function pickRows({ file, ticks, values, rows, extras }: Rows, places: readonly number[]): Rows {
  const pick = (column: Float64Array): Float64Array => Float64Array.from(places, (i) => column[i]!)
  return {
    file,
    ticks: pick(ticks),
    values: pick(values),
    rows: Int32Array.from(places, (i) => rows[i]!),
    extras: extras.map(pick),
  }
}

/** Rows by series, before they are put on grids. */
export interface Gathered {
  readonly series: number
  readonly rowsOf: (series: number) => Rows
}

/** Rows of many series in the order of a file, sorted by series when they are asked for. */
export class LongRows {
  readonly #file: string
  readonly #series: GrowingIntegers = growingIntegers()
  readonly #ticks: GrowingNumbers = growingNumbers()
  readonly #values: GrowingNumbers = growingNumbers()
  readonly #lines: GrowingIntegers = growingIntegers()
  readonly #extras: readonly GrowingNumbers[]

  constructor(file: string, extras: number) {
    this.#file = file
    this.#extras = Array.from({ length: extras }, growingNumbers)
  }

  add(series: number, tick: number, value: number, line: number, extras: ArrayLike<number>): void {
    this.#series.push(series)
    this.#ticks.push(tick)
    this.#values.push(value)
    this.#lines.push(line)
    for (let k = 0; k < this.#extras.length; k++) this.#extras[k]!.push(extras[k]!)
  }

  gathered(count: number): Gathered {
    const n = this.#series.length
    const from = new Int32Array(count + 1)
    for (let i = 0; i < n; i++) from[this.#series.at(i) + 1]!++
    for (let s = 0; s < count; s++) from[s + 1]! += from[s]!
    const next = from.slice()
    const order = new Int32Array(n)
    for (let i = 0; i < n; i++) order[next[this.#series.at(i)]!++] = i
    const pick = (
      column: GrowingNumbers | GrowingIntegers,
      places: Int32Array,
      into: Float64Array | Int32Array,
    ): void => {
      for (let k = 0; k < places.length; k++) into[k] = column.at(places[k]!)
    }
    return {
      series: count,
      rowsOf: (series) => {
        const places = order.subarray(from[series], from[series + 1])
        const numbers = (column: GrowingNumbers): Float64Array => {
          const picked = new Float64Array(places.length)
          pick(column, places, picked)
          return picked
        }
        const rows = new Int32Array(places.length)
        pick(this.#lines, places, rows)
        return {
          file: this.#file,
          ticks: numbers(this.#ticks),
          values: numbers(this.#values),
          rows,
          extras: this.#extras.map(numbers),
        }
      },
    }
  }
}

/** A table with one column a series: dates, lines and extras are the same for all. */
export class WideRows {
  readonly #file: string
  readonly #ticks = growingNumbers()
  readonly #lines = growingIntegers()
  readonly #columns: readonly GrowingNumbers[]
  readonly #extras: readonly GrowingNumbers[]

  constructor(file: string, columns: number, extras: number) {
    this.#file = file
    this.#columns = Array.from({ length: columns }, growingNumbers)
    this.#extras = Array.from({ length: extras }, growingNumbers)
  }

  add(tick: number, line: number, values: ArrayLike<number>, extras: ArrayLike<number>): void {
    this.#ticks.push(tick)
    this.#lines.push(line)
    for (let k = 0; k < this.#columns.length; k++) this.#columns[k]!.push(values[k]!)
    for (let k = 0; k < this.#extras.length; k++) this.#extras[k]!.push(extras[k]!)
  }

  gathered(): Gathered {
    const shared = {
      file: this.#file,
      ticks: this.#ticks.joined(),
      rows: this.#lines.joined(),
      extras: this.#extras.map((each) => each.joined()),
    }
    return {
      series: this.#columns.length,
      rowsOf: (series) => ({ ...shared, values: this.#columns[series]!.joined() }),
    }
  }
}
