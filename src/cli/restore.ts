import { resolve } from 'node:path'
import type { Config } from '../config.ts'
import { type RestoredBackup, type RestoreTarget, restoreBackup } from '../modules/backup/restore-backup.ts'
import { pendingMigrations } from '../platform/database/migrate.ts'
import { openDatabase } from '../platform/database/open-database.ts'
import { databaseConfig, MIGRATIONS, openBlobs } from '../site.ts'
import { type Command, UsageError } from './command.ts'
import { showProgress } from './progress.ts'

export const restore: Command = {
  name: 'restore',
  usage: 'restore FILE [--force --json]',
  help: 'put a backup in the place of the data, while no server runs',
  options: { force: { type: 'boolean' }, json: { type: 'boolean' } },
  run: async ({ config, words: [file], options }) => {
    if (file === undefined) throw new UsageError('Name the backup.')
    const target = await targetOf(config)
    const { onProgress, end } = showProgress()
    try {
      const existing = options.force === true ? 'replace' : 'refuse'
      const restored = await restoreBackup(resolve(file), target, existing, onProgress)
      end()
      if (options.json === true) console.log(JSON.stringify(restored))
      else report(config, restored)
      return 0
    } finally {
      end()
      await target.blobs?.close()
    }
  },
}

async function targetOf(config: Config): Promise<RestoreTarget> {
  return {
    dataFolder: config.data,
    databaseUrl: config.databaseUrl,
    isDatabaseOccupied: config.databaseUrl !== '' && (await isUsed(config)),
    // files in the data folder are put there with it
    blobs: config.s3Bucket === '' ? undefined : await openBlobs(config),
    migrations: new Set(MIGRATIONS.map(({ id }) => id)),
  }
}

async function isUsed(config: Config): Promise<boolean> {
  const database = await openDatabase(databaseConfig(config))
  try {
    return (await pendingMigrations(database, MIGRATIONS)).length < MIGRATIONS.length
  } finally {
    await database.close()
  }
}

function report(config: Config, { manifest, end, earlier }: RestoredBackup): void {
  console.log(
    `Restored the backup of ${manifest.createdAt} (Touchstone ${manifest.version}, ${end.files} files).`,
  )
  if (earlier !== undefined)
    console.log(`What was there before is in ${earlier}; remove it when all is well.`)
  if (!manifest.hasInstanceKey)
    console.log('The instance secret was not in it: set TOUCHSTONE_INSTANCE_SECRET to that of the old site.')
  else if (config.instanceSecret !== '')
    console.log(
      'TOUCHSTONE_INSTANCE_SECRET is set and wins over the key in the backup: they must be the same.',
    )
}
