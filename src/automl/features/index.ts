export { type Demand, demandIn, type Features, features, medianAround, outliersOf } from './plain.ts'
export { type Traits, traitsOf } from './traits.ts'
