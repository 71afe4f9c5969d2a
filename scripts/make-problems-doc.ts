/**
 * Makes `docs/PROBLEMS.md` from the table of codes and the English words.
 * Usage: `node scripts/make-problems-doc.ts`; the same sources give the same bytes, and a test compares them.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MESSAGES, type MessageKind } from '../src/messages.ts'

const root = join(import.meta.dirname, '..')

const CHAPTERS: readonly (readonly [MessageKind, string, string])[] = [
  ['problem', 'Problems', 'An error loses something (a row, a series, a file); a warning loses nothing.'],
  ['repair', 'Repairs', 'Changes made to the data before forecasting, each listed where it happened.'],
  ['evidence', 'Evidence', 'What the reading of a file rests on.'],
  ['reason', 'Reasons', 'Why a model was chosen, and what the series looks like.'],
  ['advice', 'Advice', 'What to do about a forecast.'],
  ['risk', 'Risks', 'What may go wrong with it.'],
]

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')

export function problemsDoc(): string {
  const english = JSON.parse(readFileSync(join(root, 'src/i18n/locales/en.json'), 'utf8')) as Record<string, string>
  const lines = [
    '# Problems and other codes',
    '',
    'Every code the program speaks in, its parameters and its English sentence (ICU message format).',
    'Made by `node scripts/make-problems-doc.ts` from `src/messages.ts` and `src/i18n/locales/en.json`; do not edit.',
  ]
  for (const [kind, title, about] of CHAPTERS) {
    const codes = Object.entries(MESSAGES).filter(([, definition]) => definition.kind === kind)
    const severe = kind === 'problem'
    lines.push('', `## ${title}`, '', about, '')
    lines.push(`| Code |${severe ? ' Severity |' : ''} Parameters | Sentence |`, `|---|${severe ? '---|' : ''}---|---|`)
    for (const [name, definition] of codes) {
      const severity = 'severity' in definition ? definition.severity : 'warning'
      const params = definition.params.map((each) => `\`${each}\``).join(', ')
      lines.push(`| \`${name}\` |${severe ? ` ${severity} |` : ''} ${params} | ${cell(english[name] ?? '')} |`)
    }
  }
  return `${lines.join('\n')}\n`
}

if (import.meta.main) writeFileSync(join(root, 'docs/PROBLEMS.md'), problemsDoc())
