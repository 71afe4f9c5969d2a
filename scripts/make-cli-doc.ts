/**
 * Makes `docs/CLI.md` from the commands themselves and the English words.
 * Usage: `node scripts/make-cli-doc.ts`; the same sources give the same bytes, and a test compares them.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command, Option } from 'commander'
import { programIn } from '../src/cli/commands.ts'
import { settingName, settingsOf } from '../src/cli/settings.ts'
import { sayIn } from '../src/cli/words.ts'

const say = sayIn('en')
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;')

function optionRows(command: Command): string[] {
  const settings = new Set(settingsOf(command))
  return command.options.map((option: Option) => {
    const words = option.argChoices === undefined ? '' : ` (${option.argChoices.join(', ')})`
    const setting =
      settings.has(option) && ['run', 'check'].includes(command.name()) ? `\`${settingName(option)}\`` : ''
    return `| \`${option.flags.replaceAll('|', '\\|')}\` | ${cell(option.description + words)} | ${setting} |`
  })
}

export function cliDoc(): string {
  const program = programIn(say, 'en')
  const lines = [
    '# The command line',
    '',
    'Made by `node scripts/make-cli-doc.ts` from the commands themselves; do not edit. `arfc` is short for `arima-forecaster`.',
    '',
    "Standard output is data, standard error is messages. `--locale` chooses the language (it, en, es, fr, zh; else the system's). `NO_COLOR` is respected; without a terminal there are no colours and the progress is one line each 10 %.",
    '',
    'A value comes from the flag, else from the environment (`ARFC_` and the setting in capitals), else from `arfc.config.json` beside the files (`arfc init` writes one with its schema, `--config FILE` names another), else from the preset, else it is the default. `arfc config --show-origin` shows all.',
    '',
    '| exit code | means |',
    '|---|---|',
    '| 0 | done |',
    '| 1 | internal error |',
    '| 2 | the line cannot be carried out as it was typed |',
    '| 3 | done, and some series failed (`--fail-on`) |',
    '| 4 | the input cannot be used, or another system could not take the file |',
    '| 130 | interrupted; what is finished is kept |',
  ]
  for (const command of program.commands) {
    const args = command.registeredArguments.map((each) => {
      const name = `${each.name().toUpperCase()}${each.variadic ? '...' : ''}`
      return each.required ? name : `[${name}]`
    })
    lines.push('', `## \`arfc ${[command.name(), ...args].join(' ')}\``, '', `${command.description()}.`)
    if (command.name() === 'config') lines.push('', 'Takes the options of `run`, and `--show-origin`.')
    else if (command.options.length > 0)
      lines.push('', '| option | what | setting |', '|---|---|---|', ...optionRows(command))
  }
  return `${lines.join('\n')}\n`
}

if (import.meta.main) writeFileSync(join(import.meta.dirname, '../docs/CLI.md'), cliDoc())
