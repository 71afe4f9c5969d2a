import { type LocatedProblem, problem } from '../messages.ts'

/** The last part of a path without the endings a table has. */
export const nameOfFile = (file: string): string =>
  (file.split(/[\\/]/).at(-1) ?? file).replace(/\.gz$/i, '').replace(/\.(csv|tsv|txt|tab)$/i, '') || file

/** Gives every series its own name over all files; renamed and look-alike names are told. */
export class NameRegister {
  readonly #taken = new Map<string, string>()
  readonly #folded = new Map<string, string>()
  readonly problems: LocatedProblem[] = []

  /** A name that was already given to another series is followed by the file's name, or by a number within one file. */
  give(name: string, file: string): string {
    const before = this.#taken.get(name)
    let given = name
    if (before !== undefined) {
      const base = before === file ? name : `${name} (${nameOfFile(file)})`
      given = base
      for (let n = 2; this.#taken.has(given); n++) given = `${base} (${n})`
      this.problems.push(problem('name_in_two_files', { name, file: before, renamed: given }, { file, series: given }))
    }
    this.#taken.set(given, file)
    const lower = given.normalize('NFC').toLowerCase()
    // mostly the same letters: then the same string, a million of them are memory
    const folded = lower === given ? given : lower
    const twin = this.#folded.get(folded)
    if (twin === undefined) this.#folded.set(folded, given)
    else this.problems.push(problem('series_name_twins', { name: given, other: twin }, { file, series: given }))
    return given
  }
}
