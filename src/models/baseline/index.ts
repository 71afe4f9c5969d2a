export { seasonallyAdjustedDrift, seasonallyAdjustedNaive } from './adjusted.ts'
export { drift } from './drift.ts'
export { mean } from './mean.ts'
export { naive, seasonalNaive } from './naive.ts'
