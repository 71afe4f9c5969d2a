import { writeFileSync } from 'node:fs'
import { causeOf } from './cause.ts'
import type { FromChild, ToChild } from './child-messages.ts'
import { Gate } from './gate.ts'
import { Pool, type PoolOptions, type Work } from './pool.ts'

/** Where memory runs out the system is to take this process, not the one that supervises it. */
const FIRST_TO_GO = '500'
if (process.platform === 'linux') writeFileSync('/proc/self/oom_score_adj', FIRST_TO_GO)

const tell = (message: FromChild): void => void process.send!(message)
const gate = new Gate()
let pool: Pool | null = null

process.on('message', (message: ToChild) => {
  if (message.kind === 'gate') {
    if (message.isOpen) gate.open()
    else gate.close()
  } else if (message.kind === 'setup') {
    const { engine, ...options } = message.options
    const onDeath: PoolOptions['onDeath'] = (name, because) => tell({ kind: 'death', name, because })
    pool = new Pool({ ...options, engine: new URL(engine), onDeath })
  } else void compute(message)
})
// nobody is left to answer to
process.on('disconnect', () => process.exit())

async function* once(work: readonly Work[]): AsyncGenerator<readonly Work[]> {
  yield work
}

async function compute({ work }: Extract<ToChild, { kind: 'work' }>): Promise<void> {
  try {
    for await (const answers of pool!.run(once(work), gate)) tell({ kind: 'answers', answers })
    tell({ kind: 'done' })
  } catch (error) {
    tell({ kind: 'fault', cause: causeOf(error) })
  }
}
