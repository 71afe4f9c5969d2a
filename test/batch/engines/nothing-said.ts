import type { Outcome } from '../../../src/automl/outcome.ts'

/** What an engine that only forecasts has to say of reasons, stock and trials. */
export const NOTHING_SAID = {
  whyChosen: [],
  businessRecommendation: [],
  risk: [],
  alternatives: [],
  related: [],
  inventory: null,
  metrics: null,
  trialErrors: [],
  candidates: [],
  problems: [],
} as const satisfies Partial<Outcome>
