import { readFile } from 'node:fs/promises'
import { asSystem } from '../context.ts'
import { importTestPack, previewTestPack } from '../modules/machine-qa/test-packs/import-test-pack.ts'
import { openSite } from '../site.ts'
import { type Command, UsageError } from './command.ts'

const WORDS = { create: 'make', rename: 'make under a new name', match: 'use what is there' } as const

export const importTestpack: Command = {
  name: 'import qatrack-testpack',
  usage: 'import qatrack-testpack FILE [--dry-run --json]',
  help: 'import a QATrack+ test pack, all or nothing; what is named as something that is there gets a new name',
  options: { 'dry-run': { type: 'boolean' }, json: { type: 'boolean' } },
  run: async ({ config, words, options }) => {
    const [path] = words
    if (path === undefined) throw new UsageError('Name the file of the test pack.')
    const file = await readFile(path, 'utf8')
    const site = await openSite(config)
    try {
      const ctx = asSystem(site.base, 'command line')
      const bring = options['dry-run'] === true ? previewTestPack : importTestPack
      const { items } = await bring(ctx, file, { conflicts: {} })
      if (options.json === true) console.log(JSON.stringify(items))
      else for (const { kind, newName, action } of items) console.log(`${WORDS[action]}: ${kind} ${newName}`)
      return 0
    } finally {
      await site.close()
    }
  },
}
