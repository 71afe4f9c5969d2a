export { type Centre, combine } from './combine.ts'
