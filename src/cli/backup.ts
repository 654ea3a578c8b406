import { resolve } from 'node:path'
import type { BackupSource } from '../modules/backup/backup-source.ts'
import { writeBackup } from '../modules/backup/write-backup.ts'
import { openDatabase } from '../platform/database/open-database.ts'
import { databaseConfig, openBlobs } from '../site.ts'
import { VERSION } from '../version.ts'
import { type Command, UsageError } from './command.ts'
import { formatBytes, showProgress } from './progress.ts'

export const backup: Command = {
  name: 'backup',
  usage: 'backup FILE [--json]',
  help: 'write database, files and instance key into one .tar.gz, also while the server runs',
  options: { json: { type: 'boolean' } },
  run: async ({ config, words: [file], options }) => {
    if (file === undefined) throw new UsageError('Name the file to write.')
    const source: BackupSource = {
      database: await openDatabase(databaseConfig(config)),
      databaseUrl: config.databaseUrl,
      blobs: await openBlobs(config),
      dataFolder: config.data,
    }
    const { onProgress, end } = showProgress()
    try {
      const about = { version: VERSION, now: new Date() }
      const written = await writeBackup(source, resolve(file), about, onProgress)
      end()
      if (options.json === true) console.log(JSON.stringify(written))
      else report(written)
      return 0
    } finally {
      end()
      await source.blobs.close()
      await source.database.close()
    }
  },
}

function report(written: Awaited<ReturnType<typeof writeBackup>>): void {
  const { file, bytes, databaseBytes, files, fileBytes, hasInstanceKey } = written
  console.log(`Wrote ${file} (${formatBytes(bytes)}), and read all of it again.`)
  console.log(`  database ${formatBytes(databaseBytes)}, ${files} files ${formatBytes(fileBytes)}`)
  console.log(
    hasInstanceKey
      ? '  It holds the instance key: whoever has this file can read every secret in it.'
      : '  The instance secret comes from the settings and is not in it: keep TOUCHSTONE_INSTANCE_SECRET as well.',
  )
}
