/** A stream of pseudo-random numbers. The only source of randomness in the engine; always passed in. */
export interface Random {
  /** Uniform in (0, 1), both ends excluded, 53 bits. */
  uniform(): number
  /** Standard normal, by the polar method (Marsaglia & Bray 1964) from two numbers of 32 bits. */
  normal(): number
}

/** Four 32-bit words from a text, by mixing rounds of MurmurHash3's finalizer over its UTF-16 units. */
function hashWords(key: string): [number, number, number, number] {
  const words: [number, number, number, number] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0xdeadbeef]
  for (let i = 0; i < key.length; i++) {
    const unit = key.charCodeAt(i)
    for (let k = 0; k < 4; k++) {
      let h = Math.imul(words[k]! ^ unit, 0x85ebca6b + 2 * k)
      h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
      words[k] = (h ^ (h >>> 16) ^ words[(k + 1) & 3]!) | 0
    }
  }
  return words
}

/** A stream derived from a key (series content, seed, purpose): sfc32 (Doty-Humphrey, PractRand), warmed up by 16 steps. */
export function randomStream(key: string): Random {
  // in arrays: a number that a closure keeps and changes is boxed anew at each change
  const state = Int32Array.from(hashWords(key))
  const spare = Float64Array.of(Number.NaN)
  const next = (): number => {
    const a = state[0]!
    const b = state[1]!
    const c = state[2]!
    const counter = state[3]!
    const t = (a + b + counter) | 0
    state[3] = counter + 1
    state[0] = b ^ (b >>> 9)
    state[1] = c + (c << 3)
    state[2] = ((c << 21) | (c >>> 11)) + t
    return t >>> 0
  }
  for (let i = 0; i < 16; i++) next()
  const uniform = (): number => {
    const high = next() >>> 5
    const low = next() >>> 6
    return (high * 67108864 + low + 0.5) / 9007199254740992
  }
  const normal = (): number => {
    const kept = spare[0]!
    if (!Number.isNaN(kept)) {
      spare[0] = Number.NaN
      return kept
    }
    for (;;) {
      const u = (next() + 0.5) / 2147483648 - 1
      const v = (next() + 0.5) / 2147483648 - 1
      const s = u * u + v * v
      if (s > 0 && s < 1) {
        const scale = Math.sqrt((-2 * Math.log(s)) / s)
        spare[0] = v * scale
        return u * scale
      }
    }
  }
  return { uniform, normal }
}
