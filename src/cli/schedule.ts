import { asSystem } from '../context.ts'
import {
  isScheduleCommand,
  runScheduleCommand,
  SCHEDULE_COMMANDS,
} from '../modules/machine-qa/schedule-commands.ts'
import { openSite } from '../site.ts'
import { type Command, UsageError } from './command.ts'

const WORDS = Object.keys(SCHEDULE_COMMANDS).join('|')

export const schedule: Command = {
  name: 'schedule',
  usage: `schedule ${WORDS}`,
  help: 'change the due dates of all QA assignments at once',
  run: async ({ config, words: [word = ''] }) => {
    if (!isScheduleCommand(word))
      throw new UsageError(`There is no ${word === '' ? 'command without a word' : word}.`)
    const site = await openSite(config)
    try {
      const changed = await runScheduleCommand(asSystem(site.base, 'command line'), word)
      console.log(`Changed ${changed} assignments: ${SCHEDULE_COMMANDS[word]}.`)
      return 0
    } finally {
      await site.close()
    }
  },
}
