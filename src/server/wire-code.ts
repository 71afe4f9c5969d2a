import { codeJson } from '../export/problem-json.ts'
import type { Code } from '../messages.ts'

/** A code with its sentence, as answers carry it. */
export function wireCode(code: Code, locale: string) {
  const { params, ...rest } = codeJson(code, locale)
  return { ...rest, params: { ...params } }
}
