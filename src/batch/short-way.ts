import { registerHooks } from 'node:module'

/** Where the files of this package lie, and what they are. */
const ROOT = new URL('../', import.meta.url).href
const ENDING = import.meta.url.slice(-3)
const FORMAT = ENDING === '.ts' ? 'module-typescript' : 'module'

/**
 * Lets the files of this package find each other without asking the disk, in this thread: they name each other in full, so
 * that there is nothing to look for. Node asks for each of some hundred files whether it is there, what it really is called,
 * and of which package it is, which takes longer than to load them. For the command line and the worker threads: a program
 * that uses this package as a library is none of our business.
 */
export function takeShortWay(): void {
  registerHooks({
    resolve(specifier, context, next) {
      const isOurs = specifier.startsWith('.') && specifier.endsWith(ENDING) && context.parentURL?.startsWith(ROOT)
      if (!isOurs) return next(specifier, context)
      return { url: new URL(specifier, context.parentURL).href, format: FORMAT, shortCircuit: true }
    },
  })
}
