import { type Locale, render, renderPlace } from '../i18n/render.ts'
import type { Code, LocatedProblem } from '../messages.ts'

/** A code in a file: `{ code, params, text }`, the text in the chosen locale. */
export const codeJson = (code: Code, locale: Locale) => ({
  code: code.code,
  params: code.params,
  text: render(code, locale),
})

/** A problem in a file: `{ code, severity, params, file, row, column, series, model, stage, text }`, null where unknown. */
export const problemJson = (problem: LocatedProblem, locale: Locale) => ({
  code: problem.code,
  severity: problem.severity,
  params: problem.params,
  file: problem.file ?? null,
  row: problem.row ?? null,
  column: problem.column ?? null,
  series: problem.series ?? null,
  model: problem.model ?? null,
  stage: problem.stage ?? null,
  text: renderPlace(problem, locale),
})
