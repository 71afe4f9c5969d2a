/** How good forecasts were: measures, calibration, rolling origins. */

export {
  coverage,
  mae,
  mase,
  msis,
  owa,
  pinball,
  rmse,
  rmsse,
  scaledPinball,
  seasonalNaiveMae,
  seasonalNaiveMse,
  smape,
} from './metrics.ts'
export { distanceFromUniform, randomisedPit } from './pit.ts'
export {
  chooseOrigins,
  errorBySteps,
  losses,
  type Origin,
  type OriginOptions,
  rollingOrigin,
  type Trial,
} from './rolling-origin.ts'
