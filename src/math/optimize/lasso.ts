import { cholesky, solve } from '../cholesky.ts'

/** Changes of the signs at most; each lowers the objective, and few are needed. */
const ROUNDS = 500
const SLACK = 1e-9

/**
 * The exact minimum over x of ½ xᵀHx − gᵀx + penalty Σ|x|, H symmetric and not negative, by feature-sign search
 * (Lee, Battle, Raina & Ng 2007): the signs are guessed, the quadratic solved for them, and a sign that turns on the way
 * is set to zero. `x` is the start, and the answer on return.
 */
export function lasso(h: Float64Array, g: Float64Array, penalty: number, x: Float64Array): void {
  const size = x.length
  const sign = x.map(Math.sign)
  const gradient = new Float64Array(size)
  const slope = (): void => {
    for (let i = 0; i < size; i++) {
      let sum = -g[i]!
      for (let j = 0; j < size; j++) if (x[j] !== 0) sum += h[i * size + j]! * x[j]!
      gradient[i] = sum
    }
  }
  for (let round = 0; round < ROUNDS; round++) {
    slope()
    let stays = true
    for (let i = 0; i < size; i++)
      if (x[i] !== 0 && Math.abs(gradient[i]! + penalty * sign[i]!) > SLACK * penalty) stays = false
    if (stays) {
      let worst = -1
      for (let i = 0; i < size; i++)
        if (x[i] === 0 && Math.abs(gradient[i]!) > penalty * (1 + SLACK))
          if (worst < 0 || Math.abs(gradient[i]!) > Math.abs(gradient[worst]!)) worst = i
      if (worst < 0) return
      sign[worst] = -Math.sign(gradient[worst]!)
    }
    if (!towards(h, g, penalty, x, sign)) return
  }
}

/** Moves to the lowest point between x and the minimum for the given signs; false where nothing is gained. */
function towards(h: Float64Array, g: Float64Array, penalty: number, x: Float64Array, sign: Float64Array): boolean {
  const size = x.length
  const active: number[] = []
  for (let i = 0; i < size; i++) if (sign[i] !== 0) active.push(i)
  const count = active.length
  const part = new Float64Array(count * count)
  const target = new Float64Array(count)
  for (const [a, i] of active.entries()) {
    for (const [b, j] of active.entries()) part[a * count + b] = h[i * size + j]!
    target[a] = g[i]! - penalty * sign[i]!
  }
  cholesky(part, count)
  solve(part, count, target)
  const value = (at: Float64Array): number => {
    let sum = 0
    for (const i of active) {
      let row = 0
      for (const j of active) row += h[i * size + j]! * at[j]!
      sum += at[i]! * (0.5 * row - g[i]!) + penalty * Math.abs(at[i]!)
    }
    return sum
  }
  // the end of the way, and where a coordinate passes through zero
  const shares = [1]
  for (const [a, i] of active.entries()) {
    const from = x[i]!
    if (from !== 0 && from * target[a]! < 0) shares.push(from / (from - target[a]!))
  }
  const before = value(x)
  let lowest = before
  let best: Float64Array | null = null
  for (const share of shares) {
    const point = x.slice()
    for (const [a, i] of active.entries()) {
      const crossing = x[i]! / (x[i]! - target[a]!)
      point[i] = share === crossing ? 0 : x[i]! + share * (target[a]! - x[i]!)
    }
    const here = value(point)
    if (here < lowest) {
      lowest = here
      best = point
    }
  }
  if (best === null) {
    for (let i = 0; i < size; i++) sign[i] = Math.sign(x[i]!)
    return false
  }
  x.set(best)
  for (let i = 0; i < size; i++) sign[i] = Math.sign(x[i]!)
  return true
}
