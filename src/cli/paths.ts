import { isAbsolute, relative, resolve, sep } from 'node:path'

/**
 * Where the caller stands. `npm run arfc` and `npm start` change the working folder to the package's own and keep the
 * caller's in INIT_CWD; any other npm script (a test, a hook) means its own working folder.
 */
export function callerFolder(env: NodeJS.ProcessEnv = process.env, cwd: string = process.cwd()): string {
  const script = env.npm_lifecycle_event
  return (script === 'arfc' || script === 'start') && env.INIT_CWD ? env.INIT_CWD : cwd
}

/** A path as the caller wrote it, made absolute; `-` (standard input) stays as it is. The process stands where the caller does. */
export const fromCaller = (path: string): string => (path === '-' ? path : resolve(path))

/** A path as the caller would write it: relative where that stays below, with `/`. */
export function shown(path: string): string {
  const short = relative(process.cwd(), path)
  if (short === '') return '.'
  return short.startsWith('..') || isAbsolute(short) ? path : short.split(sep).join('/')
}
