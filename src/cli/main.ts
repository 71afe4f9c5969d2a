#!/usr/bin/env node
import { enableCompileCache } from 'node:module'

// from the second start on a machine the sources need not be translated again; so nothing else is imported above this
enableCompileCache()
const { main } = await import('./commands.ts')
await main(process.argv.slice(2))
