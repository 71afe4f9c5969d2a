/**
 * Makes the reference part of `docs/API.md` from the route table and its schemas.
 * Usage: `node scripts/make-api-doc.ts`; the same sources give the same bytes, and a test compares them.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { EVENTS } from '../src/contract/events.ts'
import { COMMON_PROBLEMS, type Route } from '../src/contract/route.ts'
import { ROUTES } from '../src/contract/routes.ts'
import { LIMITS } from '../src/server/settings.ts'

const file = join(import.meta.dirname, '../docs/API.md')
const MARK = '<!-- from here on: node scripts/make-api-doc.ts -->'

interface JsonSchema {
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, JsonSchema>>
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly description?: string
}

const cell = (text: string): string => text.replaceAll('|', '\\|')

/** `name`, and what its description says. */
function fields(schema: z.ZodType | undefined, io: 'input' | 'output'): string {
  if (schema === undefined) return ''
  const json = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonSchema
  const { properties = {}, required = [] } = json.$ref === undefined ? json : json.$defs![json.$ref.split('/').at(-1)!]!
  return Object.entries(properties)
    .map(([name, { description }]) => {
      const optional = required.includes(name) ? '' : '?'
      return `\`${name}${optional}\`${description === undefined ? '' : ` (${cell(description)})`}`
    })
    .join(', ')
}

function section([name, route]: [string, Route]): string {
  const { method, path, summary, permission, answers, problems, query, body, headers } = route
  const lines = [`### ${method} ${path}`, '', `${summary}. Needs: ${permission}. (\`${name}\`)`, '']
  if (query !== undefined) lines.push(`* Query: ${fields(query, 'input')}`)
  if (headers !== undefined) lines.push(`* Headers: ${fields(headers, 'input')}`)
  if (body !== undefined) lines.push(`* Body: ${fields(body, 'input')}`)
  if (route.takes === 'multipart') lines.push('* Body: `multipart/form-data`, each file as `file`')
  for (const [status, { description, schema, contentType }] of Object.entries(answers)) {
    const what = schema === undefined ? (contentType ?? '') : fields(schema, 'output')
    lines.push(`* ${status}: ${description}${what === '' ? '' : ` ${what}`}`)
  }
  const own = problems.filter((status) => !(COMMON_PROBLEMS as readonly number[]).includes(status))
  if (own.length > 0) lines.push(`* Problems: ${own.join(', ')}`)
  return lines.join('\n')
}

/** The page, with what was written by hand kept. */
export function apiDoc(page: string): string {
  const byHand = page.slice(0, page.indexOf(MARK) + MARK.length)
  const events = Object.entries(EVENTS).map(([name, schema]) => `* \`${name}\`: ${fields(schema, 'output')}`)
  const limits = Object.entries(LIMITS).map(([name, value]) => `| \`${name}\` | ${value} |`)
  return [
    byHand,
    '',
    '## Routes',
    '',
    `Any of them may answer with ${COMMON_PROBLEMS.join(', ')}.`,
    '',
    Object.entries<Route>(ROUTES).map(section).join('\n\n'),
    '',
    '## Events',
    '',
    ...events,
    '',
    '## Limits',
    '',
    '| limit | default |',
    '|---|--:|',
    ...limits,
    '',
  ].join('\n')
}

if (import.meta.main) writeFileSync(file, apiDoc(readFileSync(file, 'utf8')))
