/**
 * Reads spoilt files of every kind for ten minutes: none may crash, hang for more than two seconds, lose a row or fill the
 * memory. Usage: `npm run soak:import -- [seconds] [seed]`; what fails is kept in the folder for temporary files.
 */
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mutated, readMutated } from './read-mutated.ts'

const seconds = Number(process.argv[2] ?? 600)
const seed = process.argv[3] ?? '1'
const LONGEST = 2000
const MOST_MEMORY = 400e6

const base = process.memoryUsage().rss
const until = performance.now() + 1000 * seconds
let files = 0
let readable = 0
let slowest = 0
let most = 0
const failures: string[] = []
const keep = (key: string, why: unknown): void => {
  const { name, bytes } = mutated(key)
  const path = join(tmpdir(), `soak-${key.replaceAll(' ', '-')}-${name}`)
  writeFileSync(path, bytes)
  failures.push(path)
  console.error(`${key} (${path}): ${why instanceof Error ? why.stack : why}`)
}
while (performance.now() < until) {
  const key = `${seed} ${files++}`
  try {
    const { series, milliseconds } = await readMutated(mutated(key))
    if (series > 0) readable++
    slowest = Math.max(slowest, milliseconds)
    if (milliseconds > LONGEST) keep(key, `${Math.round(milliseconds)} ms`)
  } catch (error) {
    keep(key, error)
  }
  most = Math.max(most, process.memoryUsage().rss - base)
}
const memory = Math.round(most / 1e6)
console.log(
  `import ${files} files, ${readable} with series, failures ${failures.length}, slowest ${Math.round(slowest)} ms, memory +${memory} MB`,
)
process.exitCode = failures.length > 0 || most > MOST_MEMORY ? 1 : 0
