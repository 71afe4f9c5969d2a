import { Problem, problem } from '../messages.ts'
import { decoded, findEncoding } from './bytes/encoding.ts'
import { fileType, looksBinary } from './bytes/magic.ts'
import { type ByteSource, headOf } from './bytes/source.ts'
import type { Survey } from './bytes/survey.ts'
import { csvSource } from './csv/csv-source.ts'
import { sniffDialect } from './csv/dialect.ts'
import type { OpenedFile } from './open-file.ts'
import type { ReadOptions } from './read-options.ts'

const HEAD = 65_536

/** A file of text as a table. Throws `file_type_mismatch`, `encoding_invalid`. */
export async function textTable(
  file: string,
  bytes: ByteSource,
  survey: Survey,
  options: ReadOptions,
): Promise<OpenedFile> {
  const encoding = await findEncoding(file, survey, options.encoding)
  const mismatch = (found: string): never => {
    throw new Problem(problem('file_type_mismatch', { file, found }, { file }))
  }
  const type = encoding.mark > 0 ? null : fileType(survey.head)
  if (type !== null) mismatch(type)
  const text = decoded(file, bytes, encoding)
  const head = await headOf(text, HEAD)
  if ((head.length === 0 && survey.size > encoding.mark) || looksBinary(head)) mismatch('binary')
  const { delimiter, quote, evidence } = sniffDialect(head, options.delimiter, options.quote)
  return {
    problems: encoding.damage === null ? [] : [encoding.damage],
    tables: [
      {
        sheet: null,
        encoding: encoding.name,
        delimiter,
        quote,
        evidence: [encoding.evidence, evidence],
        records: csvSource(text, { file, delimiter, quote }),
      },
    ],
  }
}
