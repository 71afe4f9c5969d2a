import { FARTHEST, type Network, standardised } from '../../src/automl/learned/network.ts'
import { randomStream } from '../../src/math/random.ts'

export interface Example {
  readonly inputs: Float64Array
  readonly weight: number
  /** Loss of some outputs; its derivatives are written into `gradient`. */
  readonly loss: (outputs: Float64Array, gradient: Float64Array) => number
}

export interface Settings {
  readonly name: string
  readonly outputs: number
  readonly hidden: number
  readonly epochs: number
  readonly rate: number
  /** Pull of the coefficients towards 0, the constants apart. */
  readonly decay: number
}

const BATCH = 128
const DIGITS = 6

/** As they are written down. */
const plain = (values: Iterable<number>): number[] => Array.from(values, (value) => Number(value.toPrecision(DIGITS)))

/** Adam (Kingma & Ba 2015) with decoupled decay and a cosine schedule; everything random comes from the name. */
export function learn(examples: readonly Example[], settings: Settings): Network {
  const { name, outputs, hidden, epochs, rate, decay } = settings
  const d = examples[0]!.inputs.length
  const scales = scalesOf(examples)
  const x = examples.map(({ inputs }) => standardised(scales, inputs))
  const random = randomStream(`train ${name}`)
  const first = hidden * (d + 1)
  const size = first + outputs * (hidden + 1)
  const w = new Float64Array(size)
  for (let i = 0; i < first; i++) if (i % (d + 1) !== d) w[i] = (0.7 * random.normal()) / Math.sqrt(d)
  const gradient = new Float64Array(size)
  const [mean, square] = [new Float64Array(size), new Float64Array(size)]
  const order = Int32Array.from({ length: examples.length }, (_, i) => i)
  const units = new Float64Array(hidden)
  const answer = new Float64Array(outputs)
  const slope = new Float64Array(outputs)
  let step = 0
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random.uniform() * (i + 1))
      ;[order[i], order[j]] = [order[j]!, order[i]!]
    }
    const pace = rate * 0.5 * (1 + Math.cos((Math.PI * epoch) / epochs))
    for (let from = 0; from < order.length; from += BATCH) {
      gradient.fill(0)
      const to = Math.min(order.length, from + BATCH)
      for (let q = from; q < to; q++) {
        const row = x[order[q]!]!
        const { weight, loss } = examples[order[q]!]!
        for (let a = 0; a < hidden; a++) {
          const at = a * (d + 1)
          let sum = w[at + d]!
          for (let j = 0; j < d; j++) sum += w[at + j]! * row[j]!
          units[a] = Math.tanh(sum)
        }
        for (let c = 0; c < outputs; c++) {
          const at = first + c * (hidden + 1)
          let sum = w[at + hidden]!
          for (let a = 0; a < hidden; a++) sum += w[at + a]! * units[a]!
          answer[c] = sum
        }
        slope.fill(0)
        loss(answer, slope)
        for (let c = 0; c < outputs; c++) {
          const at = first + c * (hidden + 1)
          const s = weight * slope[c]!
          gradient[at + hidden]! += s
          for (let a = 0; a < hidden; a++) gradient[at + a]! += s * units[a]!
        }
        for (let a = 0; a < hidden; a++) {
          let s = 0
          for (let c = 0; c < outputs; c++) s += weight * slope[c]! * w[first + c * (hidden + 1) + a]!
          s *= 1 - units[a]! ** 2
          if (s === 0) continue
          const at = a * (d + 1)
          gradient[at + d]! += s
          for (let j = 0; j < d; j++) gradient[at + j]! += s * row[j]!
        }
      }
      step++
      const [c1, c2] = [1 - 0.9 ** step, 1 - 0.999 ** step]
      for (let p = 0; p < size; p++) {
        const g = gradient[p]! / (to - from)
        mean[p] = 0.9 * mean[p]! + 0.1 * g
        square[p] = 0.999 * square[p]! + 0.001 * g * g
        const constant = p < first ? p % (d + 1) === d : (p - first) % (hidden + 1) === hidden
        w[p]! -= pace * (mean[p]! / c1 / (Math.sqrt(square[p]! / c2) + 1e-8) + (constant ? 0 : decay * w[p]!))
      }
    }
  }
  return { ...scales, first: plain(w.subarray(0, first)), second: plain(w.subarray(first)) }
}

/** Several networks of the same examples, from other beginnings, as one: the mean of what they say. */
export function learnTogether(examples: readonly Example[], settings: Settings, count: number): Network {
  const all = Array.from({ length: count }, (_, i) => learn(examples, { ...settings, name: `${settings.name} ${i}` }))
  const { hidden, outputs } = settings
  const row = (network: Network, c: number): readonly number[] =>
    network.second.slice(c * (hidden + 1), (c + 1) * (hidden + 1)).map((value) => value / count)
  const second = Array.from({ length: outputs }, (_, c) => {
    const rows = all.map((network) => row(network, c))
    const constant = rows.reduce((sum, each) => sum + each[hidden]!, 0)
    return plain([...rows.flatMap((each) => each.slice(0, hidden)), constant])
  })
  return { ...all[0]!, first: all.flatMap(({ first }) => first), second: second.flat() }
}

/** Mean and standard deviation of each input; what never changes has a width of one. */
function scalesOf(examples: readonly Example[]): Pick<Network, 'centres' | 'widths'> {
  const d = examples[0]!.inputs.length
  const n = examples.length
  const centres = Array.from({ length: d }, (_, j) => examples.reduce((sum, { inputs }) => sum + inputs[j]! / n, 0))
  const widths = centres.map((centre, j) => {
    const variance = examples.reduce((sum, { inputs }) => sum + (inputs[j]! - centre) ** 2 / n, 0)
    return variance > (1e-9 * FARTHEST) ** 2 ? Math.sqrt(variance) : 1
  })
  return { centres: plain(centres), widths: plain(widths) }
}
