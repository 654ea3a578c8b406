import { parseArgs } from 'node:util'
import { type Config, ConfigError, readConfig } from '../config.ts'
import { RefusedError } from '../core/refusal.ts'
import { auditVerify } from './audit-verify.ts'
import { backup } from './backup.ts'
import { type Command, type CommandArguments, type ExitCode, UsageError } from './command.ts'
import { dicomAnonymize, dicomDump, dicomRender } from './dicom.ts'
import { doctor } from './doctor.ts'
import { exportCommand } from './export.ts'
import { jobs } from './jobs.ts'
import { migrateCommand } from './migrate.ts'
import { restore } from './restore.ts'
import { serve } from './serve.ts'
import { siteZone } from './site-zone.ts'
import { userCreate, userPassword, userToken } from './user.ts'

/** In the order of the overview. */
export const COMMANDS: readonly Command[] = [
  serve,
  migrateCommand,
  userCreate,
  userPassword,
  userToken,
  backup,
  restore,
  exportCommand,
  jobs,
  siteZone,
  auditVerify,
  doctor,
  dicomDump,
  dicomRender,
  dicomAnonymize,
]

const COMMON = { data: { type: 'string' }, host: { type: 'string' }, port: { type: 'string' } } as const

const DEMO_SETTINGS = { data: './data-demo' }

/** Runs the command that the words name. */
export async function runCommand(words: readonly string[]): Promise<ExitCode> {
  const command = COMMANDS.find(({ name }) => name === words.slice(0, name.split(' ').length).join(' '))
  if (!command) {
    console.error(overview())
    return words[0] === 'help' || words.length === 0 ? 0 : 2
  }
  try {
    const parsed = parseArgs({
      args: words.slice(command.name.split(' ').length),
      options: { ...COMMON, ...command.options },
      allowPositionals: true,
    })
    const options: CommandArguments['options'] = parsed.values
    return await command.run({ config: configFor(options), words: parsed.positionals, options })
  } catch (error) {
    return explain(command, error)
  }
}

/** `--data`, `--host` and `--port` win over the environment; a demonstration has a folder of its own. */
function configFor(options: CommandArguments['options']): Config {
  const given = Object.fromEntries(
    (['data', 'host', 'port'] as const).flatMap((key) => {
      const value = options[key]
      return typeof value === 'string' ? [[key, value]] : []
    }),
  )
  const demo = options.demo === true && process.env.TOUCHSTONE_DATA === undefined
  return readConfig({ ...(demo ? DEMO_SETTINGS : {}), ...given })
}

function explain(command: Command, error: unknown): ExitCode {
  if (error instanceof UsageError) {
    console.error(`${error.message}\nusage: touchstone ${command.usage}`)
    return 2
  }
  if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
    console.error(`${error.message}\nusage: touchstone ${command.usage}`)
    return 2
  }
  if (error instanceof ConfigError || error instanceof RefusedError || isExpected(error)) {
    console.error(error.message)
    return 1
  }
  throw error
}

/** What the operator can mend: a taken port, a zone that was settled otherwise, a missing file. */
function isExpected(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  return (
    error.name === 'ZoneConflictError' ||
    ('code' in error && ['EADDRINUSE', 'EACCES', 'ENOENT'].includes(String(error.code)))
  )
}

function overview(): string {
  const lines = COMMANDS.map(({ usage, help }) => `  ${usage.padEnd(56)}${help}`)
  return [
    'usage: touchstone COMMAND [options]',
    '',
    ...lines,
    '',
    'Every command takes --data DIR. Exit codes: 0 done, 1 failed, 2 used wrongly.',
  ].join('\n')
}
