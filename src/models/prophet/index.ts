import type { Model } from '../model.ts'
import { fit, type ProphetFit } from './fit.ts'
import { forecast } from './forecast.ts'
import { check, type ProphetSpec } from './spec.ts'

export type { ProphetFit } from './fit.ts'
export type { ProphetSpec } from './spec.ts'

/**
 * A bending trend with seasons of waves, holidays and regressors (Taylor & Letham 2018, The American Statistician 72),
 * at the most probable parameters.
 */
export const prophet: Model<ProphetSpec, ProphetFit> = { name: 'prophet', check, fit, forecast }
