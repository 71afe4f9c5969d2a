import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** A file system of so many megabytes; null where none may be made. */
export function smallDisk(folder: string, megabytes: number): { path: string; enlarge(): void; remove(): void } | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null
  const path = join(folder, `disk-${megabytes}`)
  mkdirSync(path)
  const mount = (...words: string[]): boolean => spawnSync('mount', words).status === 0
  if (!mount('-t', 'tmpfs', '-o', `size=${megabytes}m`, 'none', path)) return null
  return {
    path,
    enlarge: () => assert.ok(mount('-o', 'remount,size=256m', path)),
    remove: () => void spawnSync('umount', [path]),
  }
}
