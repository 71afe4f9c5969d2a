import type { CommanderError, Help, Option } from 'commander'
import type { Say } from './words.ts'

/** Titles that the parser prints by itself, to the keys of our words. */
const TITLES: Readonly<Record<string, string>> = {
  'Usage:': 'usage',
  'Arguments:': 'arguments',
  'Options:': 'options',
  'Commands:': 'commands',
}

/** Help in the chosen language: titles, and the words an option takes as they are typed. */
export const helpIn = (say: Say): Partial<Help> => ({
  styleTitle: (title) => (TITLES[title] === undefined ? title : say(`help.${TITLES[title]}`)),
  optionDescription: ({ description, argChoices }: Option) =>
    argChoices === undefined ? description : `${description} (${argChoices.join(' | ')})`,
  subcommandDescription: (command) => command.description(),
  subcommandTerm: (command) => command.name(),
  commandUsage: (command) => {
    const words = command.registeredArguments.map((argument) => {
      const name = `${argument.name()}${argument.variadic ? '...' : ''}`
      return argument.required ? `<${name}>` : `[${name}]`
    })
    return [command.parent?.name(), command.name(), ...words].filter((word) => word !== undefined).join(' ')
  },
})

/** What the parser found wrong with the line, in our words. */
export function parserSentence({ code, message }: CommanderError, say: Say): string {
  const [, named = ''] = /'([^']+)'/.exec(message) ?? []
  const [, closest = 'none'] = /\(Did you mean (?:one of )?([^?]+)\?\)/.exec(message) ?? []
  switch (code) {
    case 'commander.unknownOption':
      return say('usage.unknown_option', { option: named, closest })
    case 'commander.unknownCommand':
      return say('usage.unknown_command', { command: named, closest })
    case 'commander.missingArgument':
      return say('usage.missing_argument', { argument: named })
    case 'commander.optionMissingArgument':
      return say('usage.missing_value', { option: named })
    case 'commander.missingMandatoryOptionValue':
      return say('usage.missing_option', { option: named })
    case 'commander.excessArguments':
      return say('usage.excess_arguments')
    case 'commander.invalidArgument': {
      // error: option '--level <percent>' argument 'x' is invalid. Our own sentence.
      const [, word = '', list = ''] =
        /value '([\s\S]*)' is invalid for argument '[^']*'\. Allowed choices are (.+)\.$/.exec(message) ?? []
      if (word !== '')
        return say('usage.invalid_value', {
          option: /argument '([^']+)'/.exec(message)?.[1] ?? '',
          value: word,
          why: say('usage.choices', { choices: list }),
        })
      const [, option = '', value = '', why = ''] =
        /option '([^']+)' argument '([\s\S]*)' is invalid\. ?([\s\S]*)$/.exec(message) ?? []
      const [, choices] = /Allowed choices are (.+)\.$/.exec(why) ?? []
      return say('usage.invalid_value', {
        option: option.split(' ').find((word) => word.startsWith('--')) ?? option,
        value,
        why: choices === undefined ? why.trim() : say('usage.choices', { choices }),
      })
    }
    default:
      return message.replace(/^error: /, '')
  }
}
