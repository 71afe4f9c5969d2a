/**
 * One hidden layer of tanh units over standardised inputs; plain data. The outputs are linear: what they mean is their
 * reader's affair.
 */
export interface Network {
  /** Of each input over the training series: inputs are (x − centre) / width, kept within ± 4. */
  readonly centres: readonly number[]
  readonly widths: readonly number[]
  /** hidden × (inputs + 1), row by row, the constant last; then outputs × (hidden + 1). */
  readonly first: readonly number[]
  readonly second: readonly number[]
}

/** Beyond this many standard deviations an input counts as so many: nothing was learned there. */
export const FARTHEST = 4

export function standardised(
  { centres, widths }: Pick<Network, 'centres' | 'widths'>,
  x: ArrayLike<number>,
): Float64Array {
  const z = new Float64Array(x.length)
  for (let j = 0; j < z.length; j++) {
    const value = (x[j]! - centres[j]!) / widths[j]!
    z[j] = Number.isFinite(value) ? Math.min(FARTHEST, Math.max(-FARTHEST, value)) : 0
  }
  return z
}

/** The outputs for some inputs. */
export function evaluate(network: Network, x: ArrayLike<number>): Float64Array {
  const hidden = layer(network.first, standardised(network, x))
  for (let i = 0; i < hidden.length; i++) hidden[i] = Math.tanh(hidden[i]!)
  return layer(network.second, hidden)
}

/** Four rows at once: one sum alone waits at each input for its addition before. */
function layer(coefficients: readonly number[], x: Float64Array): Float64Array {
  const n = x.length
  const width = n + 1
  const outputs = new Float64Array(coefficients.length / width)
  let i = 0
  for (; i + 4 <= outputs.length; i += 4) {
    const row = i * width
    let first = coefficients[row + n]!
    let second = coefficients[row + width + n]!
    let third = coefficients[row + 2 * width + n]!
    let fourth = coefficients[row + 3 * width + n]!
    for (let j = 0; j < n; j++) {
      const input = x[j]!
      first += coefficients[row + j]! * input
      second += coefficients[row + width + j]! * input
      third += coefficients[row + 2 * width + j]! * input
      fourth += coefficients[row + 3 * width + j]! * input
    }
    outputs[i] = first
    outputs[i + 1] = second
    outputs[i + 2] = third
    outputs[i + 3] = fourth
  }
  for (; i < outputs.length; i++) {
    let sum = coefficients[i * width + n]!
    for (let j = 0; j < n; j++) sum += coefficients[i * width + j]! * x[j]!
    outputs[i] = sum
  }
  return outputs
}

/** Shares of sum 1, of any outputs (softmax). */
export function shares(outputs: Float64Array): Float64Array {
  const most = Math.max(...outputs)
  const powers = outputs.map((value) => Math.exp(value - most))
  const total = powers.reduce((sum, power) => sum + power, 0)
  return powers.map((power) => power / total)
}
