import { parseArgs } from 'node:util'
import { type Config, ConfigError, readConfig } from '../config.ts'
import { RefusedError } from '../core/refusal.ts'
import { type Command, type CommandArguments, type ExitCode, UsageError } from './command.ts'

type Named = { readonly name: string; readonly load: () => Promise<Command> }

/** In the order of the overview. Each is imported when it is named: the server starts without the code of the others. */
const COMMANDS: readonly Named[] = [
  { name: 'serve', load: async () => (await import('./serve.ts')).serve },
  { name: 'migrate', load: async () => (await import('./migrate.ts')).migrateCommand },
  { name: 'user create', load: async () => (await import('./user.ts')).userCreate },
  { name: 'user password', load: async () => (await import('./user.ts')).userPassword },
  { name: 'user token', load: async () => (await import('./user.ts')).userToken },
  { name: 'backup', load: async () => (await import('./backup.ts')).backup },
  { name: 'restore', load: async () => (await import('./restore.ts')).restore },
  { name: 'export research', load: async () => (await import('./research.ts')).exportResearch },
  { name: 'import research', load: async () => (await import('./research.ts')).importResearch },
  { name: 'export', load: async () => (await import('./export.ts')).exportCommand },
  {
    name: 'import qatrack-testpack',
    load: async () => (await import('./import-testpack.ts')).importTestpack,
  },
  { name: 'jobs', load: async () => (await import('./jobs.ts')).jobs },
  { name: 'site zone', load: async () => (await import('./site-zone.ts')).siteZone },
  { name: 'audit verify', load: async () => (await import('./audit-verify.ts')).auditVerify },
  { name: 'schedule', load: async () => (await import('./schedule.ts')).schedule },
  { name: 'doctor', load: async () => (await import('./doctor.ts')).doctor },
  { name: 'dicom dump', load: async () => (await import('./dicom.ts')).dicomDump },
  { name: 'dicom render', load: async () => (await import('./dicom.ts')).dicomRender },
  { name: 'dicom import', load: async () => (await import('./dicom-import.ts')).dicomImport },
  { name: 'dicom anonymize', load: async () => (await import('./dicom.ts')).dicomAnonymize },
]

/** What the overview and the reference page describe. */
export function allCommands(): Promise<readonly Command[]> {
  return Promise.all(COMMANDS.map(({ load }) => load()))
}

const COMMON = { data: { type: 'string' }, host: { type: 'string' }, port: { type: 'string' } } as const

const DEMO_SETTINGS = { data: './data-demo' }

/** Runs the command that the words name. */
export async function runCommand(words: readonly string[]): Promise<ExitCode> {
  const named = COMMANDS.find(({ name }) => name === words.slice(0, name.split(' ').length).join(' '))
  if (!named) {
    console.error(await overview())
    return words[0] === 'help' || words.length === 0 ? 0 : 2
  }
  const command = await named.load()
  try {
    const parsed = parseArgs({
      args: words.slice(command.name.split(' ').length),
      options: { ...COMMON, ...command.options },
      allowPositionals: true,
    })
    const options: CommandArguments['options'] = parsed.values
    const [surplus] = parsed.positionals.slice(command.mostWords ?? 1)
    if (surplus !== undefined) throw new UsageError(`"${surplus}" is one word too many.`)
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
    ('code' in error &&
      ['EADDRINUSE', 'EACCES', 'ENOENT', 'ECONNREFUSED', 'ENOTFOUND'].includes(String(error.code)))
  )
}

async function overview(): Promise<string> {
  const lines = (await allCommands()).map(({ usage, help }) => `  ${usage.padEnd(56)}${help}`)
  return [
    'usage: touchstone COMMAND [options]',
    '',
    ...lines,
    '',
    'Every command takes --data DIR. Exit codes: 0 done, 1 failed, 2 used wrongly.',
  ].join('\n')
}
