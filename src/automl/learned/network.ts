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

export const standardised = ({ centres, widths }: Pick<Network, 'centres' | 'widths'>, x: Float64Array): Float64Array =>
  x.map((value, j) => {
    const z = (value - centres[j]!) / widths[j]!
    return Number.isFinite(z) ? Math.min(FARTHEST, Math.max(-FARTHEST, z)) : 0
  })

/** The outputs for some inputs. */
export function evaluate(network: Network, x: Float64Array): Float64Array {
  const hidden = layer(network.first, standardised(network, x)).map(Math.tanh)
  return layer(network.second, hidden)
}

function layer(coefficients: readonly number[], x: Float64Array): Float64Array {
  const width = x.length + 1
  return Float64Array.from({ length: coefficients.length / width }, (_, i) => {
    let sum = coefficients[i * width + x.length]!
    for (let j = 0; j < x.length; j++) sum += coefficients[i * width + j]! * x[j]!
    return sum
  })
}

/** Shares of sum 1, of any outputs (softmax). */
export function shares(outputs: Float64Array): Float64Array {
  const most = Math.max(...outputs)
  const powers = outputs.map((value) => Math.exp(value - most))
  const total = powers.reduce((sum, power) => sum + power, 0)
  return powers.map((power) => power / total)
}
