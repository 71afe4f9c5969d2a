import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import type en from '../../../src/i18n/locales/dashboard/en.json'
import { fill, type Message, messageFor } from '../../../src/i18n/message.ts'
import { keep, kept } from '../data/kept.ts'
import { withFields } from './fields.ts'

export const LANGUAGES = { it: 'Italiano', en: 'English', es: 'Español', fr: 'Français', zh: '中文' } as const
export type Language = keyof typeof LANGUAGES

/** A word of the pages, or one that reports and pages share. */
export type Key = keyof typeof en | `ui.report.${string}` | (string & {})
type Params = Readonly<Record<string, string | number>>
type Catalogue = Readonly<Record<string, string>>

/** Vite makes a file of each, loaded when its language is chosen. */
const PAGES = import.meta.glob<Catalogue>('../../../src/i18n/locales/dashboard/*.json', { import: 'default' })
const SHARED = import.meta.glob<Catalogue>('../../../src/i18n/locales/*.json', { import: 'default' })

async function load(language: Language): Promise<Catalogue> {
  const [pages, shared] = await Promise.all([
    PAGES[`../../../src/i18n/locales/dashboard/${language}.json`]!(),
    SHARED[`../../../src/i18n/locales/${language}.json`]!(),
  ])
  if (language === 'zh') await import('./chinese.ts')
  return { ...shared, ...pages }
}

/** What the browser asks for, if it is one of ours. */
function preferred(): Language {
  const tags = navigator.languages.map((tag) => tag.toLowerCase().split('-')[0]!)
  return (tags.find((tag) => tag in LANGUAGES) as Language | undefined) ?? 'en'
}

export interface Words {
  readonly language: Language
  /** With the reader's region where it is known: `it-CH`. */
  readonly locale: string
  readonly say: (key: Key, params?: Params) => string
  readonly knows: (key: string) => boolean
  readonly choose: (language: Language) => void
  readonly number: (value: number | null | undefined, digits?: number) => string
  readonly percent: (share: number | null | undefined, digits?: number) => string
  /** A date; of a series of months or years (`frequency`) the period it stands for. */
  readonly date: (date: string | null | undefined, frequency?: string | null) => string
  /** A sentence of the server, with its dates as the reader writes them, and fields in place of options. */
  readonly told: (sentence: string) => string
  readonly moment: (iso: string) => string
  readonly span: (seconds: number) => string
}

const Context = createContext<Words | null>(null)

export function useWords(): Words {
  const words = useContext(Context)
  if (words === null) throw new Error('no words above')
  return words
}

/** Gives the pages their language; what is below waits until its words are there. */
export function WordsProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() => {
    const chosen = kept('language')
    return chosen !== null && chosen in LANGUAGES ? (chosen as Language) : preferred()
  })
  const [isLost, setIsLost] = useState(false)
  const [loaded, setLoaded] = useState<{ language: Language; catalogue: Catalogue } | null>(null)
  useEffect(() => {
    let isWanted = true
    load(language)
      .then((catalogue) => isWanted && setLoaded({ language, catalogue }))
      .catch(() => isWanted && setIsLost(true))
    return () => {
      isWanted = false
    }
  }, [language])
  const words = useMemo(() => {
    if (loaded === null) return null
    const choose = (next: Language): void => {
      keep('language', next)
      setLanguage(next)
    }
    return wordsOf(loaded.language, loaded.catalogue, choose)
  }, [loaded])
  useEffect(() => {
    if (words !== null) document.documentElement.lang = words.language === 'zh' ? 'zh-CN' : words.language
  }, [words])
  if (words !== null) return <Context value={words}>{children}</Context>
  // without its words a page can only begin anew
  return isLost ? (
    <button type="button" className="button" style={{ margin: 24 }} onClick={() => location.reload()}>
      ↻ ARIMA Forecaster
    </button>
  ) : null
}

/** Names of frequencies whose periods are months, and years. */
const MONTHS = /^(monthly|quarterly|half-yearly|\d+month)$/
const YEARS = /^(yearly|\d+year)$/

function wordsOf(language: Language, catalogue: Catalogue, choose: (language: Language) => void): Words {
  const locale = navigator.languages.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language
  const messages = new Map<string, Message>()
  const say = (key: Key, params: Params = {}): string => {
    let message = messages.get(key)
    if (message === undefined) {
      const source = catalogue[key]
      if (source === undefined) return key
      message = messageFor(source, locale)
      messages.set(key, message)
    }
    return fill(message, params)
  }
  const significant = new Map<number, Intl.NumberFormat>()
  const format = (digits: number): Intl.NumberFormat => {
    let made = significant.get(digits)
    if (made === undefined) {
      made = new Intl.NumberFormat(locale, { maximumSignificantDigits: digits })
      significant.set(digits, made)
    }
    return made
  }
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const dateFormat = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const monthFormat = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' })
  const yearFormat = new Intl.DateTimeFormat(locale, { year: 'numeric', timeZone: 'UTC' })
  const dayOr = (frequency: string | null | undefined): Intl.DateTimeFormat =>
    MONTHS.test(frequency ?? '') ? monthFormat : YEARS.test(frequency ?? '') ? yearFormat : dateFormat
  const clockFormat = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })
  const momentFormat = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  const blank = (value: number | null | undefined): value is null | undefined =>
    value === null || value === undefined || !Number.isFinite(value)
  const number = (value: number | null | undefined, digits = 3): string =>
    blank(value) ? '–' : Math.abs(value) >= 10 ** (digits - 1) ? whole.format(value) : format(digits).format(value)
  const span = (seconds: number): string => {
    const unit = seconds < 90 ? 'second' : seconds < 5400 ? 'minute' : 'hour'
    const count = Math.max(1, Math.round(seconds / { second: 1, minute: 60, hour: 3600 }[unit]))
    return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(count)
  }
  return {
    ...{ language, locale, say, choose, number, span },
    knows: (key) => Object.hasOwn(catalogue, key),
    percent: (share, digits = 2) =>
      blank(share)
        ? '–'
        : new Intl.NumberFormat(locale, { style: 'percent', maximumSignificantDigits: digits }).format(share),
    date: (date, frequency) => {
      if (date === null || date === undefined) return '–'
      const at = new Date(date.length <= 10 ? `${date}T00:00:00Z` : `${date}Z`)
      return Number.isNaN(at.getTime()) ? date : (date.length <= 10 ? dayOr(frequency) : clockFormat).format(at)
    },
    told: (sentence) =>
      withFields(
        sentence.replaceAll(/\b\d{4}-\d{2}-\d{2}\b/g, (date) => dateFormat.format(new Date(`${date}T00:00:00Z`))),
        (key) => (Object.hasOwn(catalogue, key) ? say(key) : null),
      ),
    moment: (iso) => momentFormat.format(new Date(iso)),
  }
}
