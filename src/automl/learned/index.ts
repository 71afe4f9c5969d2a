export {
  bounded,
  type Coefficients,
  cohortOf,
  cohortPrior,
  FROM_MEDIAN,
  isMixed,
  learnedMixture,
  MIXTURE_OUTPUTS,
  type Mixture,
  mixtureOf,
  probabilities,
  REFERENCE_TOLERANCE,
  slopeOf,
  stepOf,
  WEIGHTS_VERSION,
  widthFactors,
} from './answers.ts'
export { confidenceInputs, type Described, knownOf, spreadInputs, weightInputs } from './known.ts'
export { factorAt, withWidths } from './widths.ts'
