#!/usr/bin/env node
import { enableCompileCache } from 'node:module'

// from the second start on a machine the sources need not be translated again; so nothing else is imported above this
enableCompileCache()
const { takeShortWay } = await import('../batch/short-way.ts')
takeShortWay()
if (['run', 'resume', 'retry', 'demo'].includes(process.argv[2] ?? '')) (await import('../batch/warm.ts')).warmUp()
const { main } = await import('./commands.ts')
await main(process.argv.slice(2))
