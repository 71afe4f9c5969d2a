/**
 * The response vector that best gives back the dependence seen in simulated futures: response[j] is the regression of
 * step j on the first step's surprise, in standard deviations of that surprise. Constant futures have response 1, 0, 0 ….
 */
export function dependence(values: Float64Array, count: number, horizon: number): Float64Array {
  const response = new Float64Array(horizon)
  if (horizon === 0) return response
  response[0] = 1
  let first = 0
  for (let i = 0; i < count; i++) first += values[i * horizon]! / count
  let variance = 0
  for (let i = 0; i < count; i++) variance += (values[i * horizon]! - first) ** 2
  if (!(variance > 0)) return response
  for (let h = 1; h < horizon; h++) {
    let cross = 0
    for (let i = 0; i < count; i++) cross += (values[i * horizon]! - first) * values[i * horizon + h]!
    response[h] = cross / variance
  }
  return response
}
