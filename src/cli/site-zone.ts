import { asSystem } from '../context.ts'
import { changeZone } from '../modules/site/change-zone.ts'
import { openSite } from '../site.ts'
import type { Command } from './command.ts'

export const siteZone: Command = {
  name: 'site zone',
  usage: 'site zone [NAME]',
  help: 'print the time zone of the site, or change it',
  run: async ({ config, words: [zone] }) => {
    // the setting may already name the new zone, which every other command refuses
    const site = await openSite({ ...config, timezone: '' })
    try {
      if (zone === undefined) {
        console.log(site.base.zone)
        return 0
      }
      const { before, after } = await changeZone(asSystem(site.base, 'command line'), zone)
      if (before === after) {
        console.log(`The zone is ${after} already.`)
        return 0
      }
      console.log(`The zone is ${after} from now on; it was ${before}.`)
      console.log(warning(config.timezone, after))
      return 0
    } finally {
      await site.close()
    }
  },
}

function warning(configured: string, zone: string): string {
  return [
    '',
    'What this means:',
    '- Every instant stays what it was, and is shown by the clocks of the new zone.',
    '- Days that were stored as days (due dates, days of QA) stay those days.',
    '- From now on days begin and end in the new zone: due dates, overdue states, monthly figures and daily',
    '  messages follow it, also those about the past.',
    '- Restart every server of this site: running ones keep the old zone.',
    ...(configured !== '' && configured !== zone
      ? [
          `- TOUCHSTONE_TIMEZONE still says ${configured}: servers refuse to start until it says ${zone} or nothing.`,
        ]
      : []),
  ].join('\n')
}
