/** Many short texts as one: one by one they take longer to cross from thread to thread. */
export interface Texts {
  readonly all: string
  readonly lengths: Int32Array
}

export function joinTexts(texts: readonly string[]): Texts {
  const lengths = new Int32Array(texts.length)
  for (let i = 0; i < texts.length; i++) lengths[i] = texts[i]!.length
  return { all: texts.join(''), lengths }
}

export function splitTexts({ all, lengths }: Texts): string[] {
  const texts: string[] = []
  let at = 0
  for (const length of lengths) {
    texts.push(all.slice(at, at + length))
    at += length
  }
  return texts
}
