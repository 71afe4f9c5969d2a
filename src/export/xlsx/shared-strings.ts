import { DECLARATION, escapeXml, MAIN } from './xml.ts'

/** The texts of a workbook, each kept once; written after all sheets. */
export class SharedStrings {
  readonly #known = new Map<string, number>()
  #uses = 0

  indexOf(text: string): number {
    this.#uses++
    const before = this.#known.get(text)
    if (before !== undefined) return before
    const index = this.#known.size
    this.#known.set(text, index)
    return index
  }

  *xml(): Generator<string> {
    yield `${DECLARATION}<sst xmlns="${MAIN}" count="${this.#uses}" uniqueCount="${this.#known.size}">`
    for (const text of this.#known.keys()) yield `<si><t xml:space="preserve">${escapeXml(text)}</t></si>`
    yield '</sst>'
  }
}
