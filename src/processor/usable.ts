import type { Portfolio } from '../io/portfolio.ts'
import { type LocatedProblem, Problem, problem } from '../messages.ts'

const QUESTIONS = new Set<string>(['date_order_ambiguous', 'number_format_ambiguous'])

/** Problems that one answer of a person resolves. */
export const isQuestion = ({ code, severity }: LocatedProblem): boolean => QUESTIONS.has(code) && severity === 'error'

/** Why nothing may be forecast of what was read: no series, an open question, or too many rows rejected; null where it may. */
export function refusalOf(portfolio: Portfolio, acceptRejects: boolean): Problem | null {
  const { rowsIn, rejected } = portfolio.totals
  const lost = rejected === rowsIn
  const all = lost ? [...portfolio.problems, ...portfolio.items.flatMap((item) => item.problems)] : portfolio.problems
  const errors = all.filter((each) => each.severity === 'error')
  const question = portfolio.problems.find(isQuestion)
  if (question !== undefined) return new Problem(question, portfolio.problems.filter(isQuestion))
  if (portfolio.items.length === 0 || lost) {
    const first = errors[0] ?? problem('series_empty')
    return new Problem(first, errors.length > 0 ? errors : [first])
  }
  const tooMany = portfolio.problems.find(({ code }) => code === 'rows_rejected_too_many')
  if (tooMany === undefined || acceptRejects) return null
  return new Problem(tooMany, [tooMany, ...errors.filter((each) => each !== tooMany)])
}
