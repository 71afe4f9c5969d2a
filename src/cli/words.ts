import { text } from '../i18n/render.ts'
import type { Params } from '../messages.ts'

/** A sentence of the command line, in the chosen language. */
export type Say = (key: string, params?: Params) => string

export const sayIn =
  (locale: string): Say =>
  (key, params = {}) =>
    text(`ui.cli.${key}`, params, locale)
