export {
  bounded,
  type Coefficients,
  cohortOf,
  cohortPrior,
  isMixed,
  learnedWeights,
  probabilities,
  REFERENCE_TOLERANCE,
  slopeOf,
  stepOf,
  WEIGHTS_VERSION,
  widthFactors,
} from './answers.ts'
export { confidenceInputs, type Described, knownOf, spreadInputs, weightInputs } from './known.ts'
export { factorAt, withWidths } from './widths.ts'
