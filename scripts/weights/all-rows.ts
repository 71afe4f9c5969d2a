import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { type Row, rowOf } from './rows.ts'
import { windowsOf } from './windows.ts'

/** The rows of some sets, in their order; with a folder, made once and kept there, so that training can be tried again. */
export function allRows(data: string, sets: readonly string[], folder: string | undefined): Row[] {
  return sets.flatMap((set) => {
    const file = folder === undefined ? null : join(folder, `${set.replace('/', '-')}.rows`)
    if (file !== null && existsSync(file)) return deserialize(readFileSync(file)) as Row[]
    const begin = performance.now()
    const rows = windowsOf(data, set).flatMap((window) => rowOf(window) ?? [])
    console.error(`${set}: ${rows.length} windows, ${((performance.now() - begin) / 1000).toFixed(0)} s`)
    if (file !== null) {
      mkdirSync(folder!, { recursive: true })
      writeFileSync(file, serialize(rows))
    }
    return rows
  })
}
