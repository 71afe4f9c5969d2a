import type { ByteSource } from '../bytes/source.ts'
import type { RecordSource } from '../record.ts'
import { type CsvOptions, CsvTokenizer } from './tokenizer.ts'

/** UTF-8 text as a table. */
export const csvSource = (text: ByteSource, options: CsvOptions): RecordSource => ({
  async scan(on, unreadable) {
    const tokenizer = new CsvTokenizer(options, on, unreadable)
    for await (const chunk of text.open()) if (!tokenizer.push(chunk)) return
    tokenizer.end()
  },
})
