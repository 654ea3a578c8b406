import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { isZone } from './core/calendar.ts'
import { SETTINGS, type Setting, type SettingKey } from './settings.ts'

type ValueOf<S extends Setting> = S['kind'] extends 'integer'
  ? number
  : S['kind'] extends 'boolean'
    ? boolean
    : S['kind'] extends 'list'
      ? readonly string[]
      : string

/** The settings in force, decided once at start. */
export type Config = { readonly [K in SettingKey]: ValueOf<(typeof SETTINGS)[K]> }

/** Thrown when the settings contradict one another; names every problem. */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(`The settings cannot be used:\n${problems.map((problem) => `- ${problem}`).join('\n')}`)
    this.name = 'ConfigError'
  }
}

/**
 * Reads every setting: what the command line says wins over the environment, that over `touchstone.json` in the data
 * folder, that over the default.
 *
 * @throws ConfigError
 */
export function readConfig(
  given: Partial<Record<SettingKey, string>> = {},
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  const problems: string[] = []
  const data = resolve(given.data ?? environment[SETTINGS.data.name] ?? SETTINGS.data.default)
  const file = readSettingsFile(data, problems)
  const entries = Object.entries<Setting>(SETTINGS).map(([key, setting]) => {
    const text =
      given[key as SettingKey] ?? environment[setting.name] ?? file[setting.name] ?? setting.default ?? ''
    return [key, parseSetting(setting, text, problems)] as const
  })
  const config = { ...Object.fromEntries(entries), data } as Config
  problems.push(...contradictions(config))
  if (problems.length > 0) throw new ConfigError(problems)
  return Object.freeze(config)
}

function readSettingsFile(data: string, problems: string[]): Record<string, string> {
  const path = join(data, 'touchstone.json')
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw error
  }
  const known = new Set<string>(Object.values(SETTINGS).map((setting) => setting.name))
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
      throw new SyntaxError('not an object')
    const entries = Object.entries(parsed).map(([name, value]) => [name, String(value)] as const)
    problems.push(
      ...entries.filter(([name]) => !known.has(name)).map(([name]) => `${path}: there is no setting ${name}`),
    )
    return Object.fromEntries(entries)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    problems.push(`${path}: ${error.message}`)
    return {}
  }
}

function parseSetting(setting: Setting, text: string, problems: string[]): unknown {
  switch (setting.kind) {
    case 'integer': {
      const value = Number(text)
      const { min = 0, max = Number.MAX_SAFE_INTEGER } = setting
      if (!/^\d+$/.test(text) || value < min || value > max)
        problems.push(`${setting.name} must be a whole number from ${min} to ${max}`)
      return value
    }
    case 'boolean':
      if (!['true', 'false', ''].includes(text)) problems.push(`${setting.name} must be true or false`)
      return text === 'true'
    case 'list':
      return text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '')
    default:
      return text
  }
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent']

function contradictions(config: Config): string[] {
  const problems: string[] = []
  if (config.publicUrl !== '' && !/^https?:\/\/[^/]+$/.test(config.publicUrl)) {
    problems.push('TOUCHSTONE_PUBLIC_URL must be like https://qa.example.org, without a path')
  }
  if (config.timezone !== '' && !isZone(config.timezone))
    problems.push(`TOUCHSTONE_TIMEZONE: there is no zone ${config.timezone}`)
  if (config.databaseUrl !== '' && !/^postgres(ql)?:\/\//.test(config.databaseUrl)) {
    problems.push('TOUCHSTONE_DATABASE_URL must begin with postgres://')
  }
  if (config.s3Bucket !== '' && (config.s3AccessKey === '') !== (config.s3SecretKey === '')) {
    problems.push('TOUCHSTONE_S3_ACCESS_KEY and TOUCHSTONE_S3_SECRET_KEY go together')
  }
  if (!LOG_LEVELS.includes(config.logLevel))
    problems.push(`TOUCHSTONE_LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}`)
  return problems
}

/** The settings as `doctor` shows them: secrets masked. */
export function maskedConfig(config: Config): Record<string, string> {
  return Object.fromEntries(
    Object.entries<Setting>(SETTINGS).map(([key, setting]) => {
      const value = String(config[key as SettingKey])
      return [setting.name, setting.kind === 'secret' && value !== '' ? '********' : value]
    }),
  )
}
