export { type Centre, combine } from '../combine.ts'
export { pool } from './pool.ts'
