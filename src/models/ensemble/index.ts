export { type Centre, combine, middleOf, PROBABILITIES as combinedProbabilities } from '../combine.ts'
export { pool } from './pool.ts'
