import type { MessageCode } from '../messages.ts'
import en from './locales/en.json' with { type: 'json' }
import es from './locales/es.json' with { type: 'json' }
import fr from './locales/fr.json' with { type: 'json' }
import it from './locales/it.json' with { type: 'json' }
import zh from './locales/zh.json' with { type: 'json' }

/** Words of the interface; `ui.cli.*` of the command line and `ui.report.*` of what people open are composed. */
export type UiKey = Extract<keyof typeof en, `ui.${string}`> | `ui.${'cli' | 'report'}.${string}`

/** Every language says everything English says; the compiler holds a new file to it, a test holds the parameters. */
type Catalogue = Readonly<Record<keyof typeof en | MessageCode, string>>

/** The languages there are: a file in `locales`, a line here. */
const CATALOGUES = { it, en, es, fr, zh } as const satisfies Record<string, Catalogue>

/** A BCP 47 tag (`en`, `it-IT`); its language must be one of `LANGUAGES`, else words and numbers are English. */
export type Locale = string

export type Language = keyof typeof CATALOGUES

export const LANGUAGES = Object.keys(CATALOGUES) as readonly Language[]

/** The language whose words a locale gets; null where there are none for it, which a front end says. */
export function languageOf(locale: Locale): Language | null {
  const language = locale.toLowerCase().split('-')[0]
  return LANGUAGES.find((each) => each === language) ?? null
}

/** The message of a key in a language; undefined for a key that is not in its file. */
export const messageOf = (key: string, language: Language): string | undefined =>
  Object.hasOwn(CATALOGUES[language], key) ? CATALOGUES[language][key as keyof Catalogue] : undefined
