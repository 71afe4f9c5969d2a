/** Forecasts of parts and totals that add up: for a program that has forecasts of its own. */

export { METHODS, type Method, type PastErrors } from './covariance.ts'
export { type Hierarchy, hierarchyOf, type Total } from './hierarchy.ts'
export { type Keys, totalName, totalsBy } from './levels.ts'
export { keysByTemplate, keysOfNames } from './names.ts'
export { type Reconciled, reconcileForecasts } from './reconcile-forecasts.ts'
