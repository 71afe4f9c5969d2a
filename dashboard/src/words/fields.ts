/** Where the pages have what the command line has an option for. */
const FIELDS: Readonly<Record<string, string>> = {
  'accept-rejects': 'configure.start',
  date: 'read.date_column',
  'date-order': 'read.date_order',
  decimal: 'read.decimal',
  duplicates: 'check.do_instead',
  encoding: 'read.encoding',
  frequency: 'read.frequency',
  'non-negative': 'option.non_negative',
  previous: 'export.previous',
  series: 'read.series_columns',
  sheet: 'read.sheet',
  value: 'read.value_column',
}

const OPTION = /--set(?: (\w+)(?:=\S*)?)?|--([a-z]+(?:-[a-z]+)*)(?: (?:yes|[A-Z_]{3,}|运行文件夹))?/gu

/** A sentence that names options of the command line, with the fields of the pages in their place. */
export const withFields = (sentence: string, say: (key: string) => string | null): string =>
  sentence.replaceAll(OPTION, (option: string, setting: string | undefined, name: string | undefined) => {
    const word = say(
      name === undefined ? (setting === undefined ? 'export.settings' : `setting.${setting}`) : (FIELDS[name] ?? ''),
    )
    return word === null ? option : `«${word}»`
  })
