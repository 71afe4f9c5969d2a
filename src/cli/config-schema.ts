import type { Command, Option } from 'commander'
import { settingName, settingsOf } from './settings.ts'

/** What a value looks like, by what stands for it in the help; texts where nothing else is said. */
const TYPES: Readonly<Record<string, object>> = {
  n: { type: 'integer', minimum: 0 },
  seconds: { type: 'number', exclusiveMinimum: 0 },
  share: { type: 'number', exclusiveMinimum: 0, maximum: 100 },
  periods: {
    anyOf: [
      { type: 'number', minimum: 0 },
      { type: 'string', pattern: '^\\d+(\\.\\d+)?d$' },
    ],
  },
  time: {
    anyOf: [
      { type: 'number', exclusiveMinimum: 0 },
      { type: 'string', pattern: '^\\d+(\\.\\d+)?[smh]$' },
    ],
  },
  percent: { type: 'array', items: { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 100 } },
  rule: { anyOf: [{ enum: ['any', 'none'] }, { type: 'number', minimum: 0, maximum: 100 }] },
  'name=value': { type: 'array', items: { type: 'string', pattern: '^[^=]+=' } },
  file: { type: 'array', items: { type: 'string' } },
}

function typeOf(option: Option): object {
  if (!option.required && !option.optional) return { type: 'boolean' }
  if (option.argChoices !== undefined) return { enum: option.argChoices }
  const placeholder = /<([^>]+)>/.exec(option.flags)?.[1] ?? ''
  return TYPES[placeholder] ?? { type: 'string' }
}

/** The JSON Schema of the settings of a project, from the options themselves. */
export const configSchema = (run: Command): object => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'arfc.config.json',
  type: 'object',
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    ...Object.fromEntries(
      settingsOf(run).map((option) => [settingName(option), { description: option.description, ...typeOf(option) }]),
    ),
  },
})
