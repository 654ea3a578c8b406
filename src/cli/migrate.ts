import { openSite } from '../site.ts'
import type { Command } from './command.ts'

export const migrateCommand: Command = {
  name: 'migrate',
  usage: 'migrate',
  help: 'bring the database up to date without serving',
  mostWords: 0,
  run: async ({ config }) => {
    const site = await openSite(config)
    await site.close()
    if (site.backup !== undefined) console.log(`The database before this is kept in ${site.backup}.`)
    console.log('The database is up to date.')
    return 0
  },
}
