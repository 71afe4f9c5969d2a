import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LANGUAGES } from '../../src/i18n/catalogue.ts'

export const folder = join(import.meta.dirname, '../../src/i18n/locales')

/** Where words lie: those that everything shares, and those of the dashboard alone. */
export const PLACES = ['', 'dashboard/'] as const

export interface Words {
  /** `it`, `dashboard/it`. */
  readonly file: string
  readonly language: string
  readonly words: Readonly<Record<string, string>>
  readonly english: Readonly<Record<string, string>>
}

export const textOf = (file: string): string => readFileSync(join(folder, `${file}.json`), 'utf8')
export const wordsOf = (file: string): Record<string, string> => JSON.parse(textOf(file))

/** Every file of words beside the English one of its place. */
export const ALL: readonly Words[] = PLACES.flatMap((place) =>
  LANGUAGES.map((language) => {
    const file = place + language
    return { file, language, words: wordsOf(file), english: wordsOf(`${place}en`) }
  }),
)
