export { type Centre, combine, PROBABILITIES as combinedProbabilities } from '../combine.ts'
export { pool } from './pool.ts'
