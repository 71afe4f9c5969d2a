import type { Command } from 'commander'
import { EXIT } from './exit-codes.ts'
import { toStdout } from './output.ts'

export const SHELLS = ['bash', 'zsh', 'fish'] as const
type Shell = (typeof SHELLS)[number]

const NAMES = ['arfc', 'arima-forecaster']

interface Known {
  readonly name: string
  readonly about: string
  readonly options: readonly { readonly flag: string; readonly about: string; readonly choices: readonly string[] }[]
}

const knownOf = (program: Command): Known[] =>
  program.commands.map((command) => ({
    name: command.name(),
    about: command.description(),
    options: command.options.flatMap(({ long, description, argChoices = [] }) =>
      long === undefined ? [] : [{ flag: long, about: description, choices: argChoices }],
    ),
  }))

/** Prints what a shell completes words by: commands, their options, the words an option takes, else files. */
export function completion(shell: Shell, program: Command): number {
  const known = knownOf(program)
  toStdout({ bash, zsh, fish }[shell](known))
  return EXIT.done
}

const words = (list: readonly string[]): string => list.join(' ')

function bash(known: readonly Known[]): string {
  const cases = known.map(({ name, options }) => `    ${name}) words="${words(options.map(({ flag }) => flag))}" ;;`)
  const choices = [...new Map(known.flatMap(({ options }) => options).map((option) => [option.flag, option])).values()]
    .filter((option) => option.choices.length > 0 && option.flag !== '--quote')
    .map(({ flag, choices: list }) => `    ${flag}) COMPREPLY=($(compgen -W "${words(list)}" -- "$word")); return ;;`)
  return `# eval "$(arfc completion bash)"
_arfc() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${words(known.map(({ name }) => name))}" -- "$word")); return
  fi
  case "$before" in
${choices.join('\n')}
  esac
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  case "$word" in
    -*) COMPREPLY=($(compgen -W "$words" -- "$word")) ;;
    *) COMPREPLY=($(compgen -f -- "$word")) ;;
  esac
}
complete -o filenames -F _arfc ${words(NAMES)}`
}

const quoted = (text: string): string => text.replaceAll("'", "'\\''").replaceAll(/[[\]:]/g, ' ')

function zsh(known: readonly Known[]): string {
  const list = known.map(({ name, about }) => `    '${name}:${quoted(about)}'`)
  const cases = known.map(({ name, options }) => {
    const specs = options.map(({ flag, about, choices }) =>
      choices.length > 0 && flag !== '--quote'
        ? `'${flag}[${quoted(about)}]:word:(${words(choices)})'`
        : `'${flag}[${quoted(about)}]'`,
    )
    return `    ${name}) _arguments ${words([...specs, "'*:file:_files'"])} ;;`
  })
  return `#compdef ${words(NAMES)}
_arfc() {
  local -a commands=(
${list.join('\n')}
  )
  if (( CURRENT == 2 )); then _describe command commands; return; fi
  local command="$words[2]"
  shift words; (( CURRENT-- ))
  case "$command" in
${cases.join('\n')}
  esac
}
compdef _arfc ${words(NAMES)}`
}

function fish(known: readonly Known[]): string {
  const lines = NAMES.flatMap((program) =>
    known.flatMap(({ name, about, options }) => [
      `complete -c ${program} -n __fish_use_subcommand -f -a ${name} -d '${quoted(about)}'`,
      ...options.map(
        ({ flag, about: what, choices }) =>
          `complete -c ${program} -n '__fish_seen_subcommand_from ${name}' -l ${flag.slice(2)}${choices.length > 0 && flag !== '--quote' ? ` -x -a '${words(choices)}'` : ''} -d '${quoted(what)}'`,
      ),
    ]),
  )
  return lines.join('\n')
}
