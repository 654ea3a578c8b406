import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
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
 * folder, that over the default. An empty variable counts as one that is not set.
 *
 * @throws ConfigError
 */
export function readConfig(
  given: Partial<Record<SettingKey, string>> = {},
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  const problems: string[] = []
  const data = resolve(given.data || environment[SETTINGS.data.name] || SETTINGS.data.default)
  const file = readSettingsFile(data, problems)
  const entries = Object.entries<Setting>(SETTINGS).map(([key, setting]) => {
    const text =
      given[key as SettingKey] ?? (environment[setting.name] || file[setting.name] || setting.default || '')
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
    const entries = Object.entries<unknown>({ ...parsed }).map(([name, value]) => {
      const problem = problemOfEntry(known, name, value)
      if (problem) problems.push(`${path}: ${problem}`)
      return [name, problem ? '' : String(value)] as const
    })
    return Object.fromEntries(entries)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    problems.push(`${path}: ${error.message}`)
    return {}
  }
}

function problemOfEntry(known: ReadonlySet<string>, name: string, value: unknown): string | undefined {
  if (!known.has(name)) return `there is no setting ${name}`
  if (name === SETTINGS.data.name) return `${name} cannot be set in the folder that it names`
  const plain = [value].flat().every((part) => ['string', 'number', 'boolean'].includes(typeof part))
  return plain ? undefined : `${name} must be text, a number, true, false or a list of texts`
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
  const problems = [...contradictionsOfAddresses(config)]
  if (config.timezone !== '' && !isZone(config.timezone))
    problems.push(`TOUCHSTONE_TIMEZONE: there is no zone ${config.timezone}`)
  if (config.instanceSecret !== '' && !/^[0-9a-f]{64}$/i.test(config.instanceSecret)) {
    problems.push('TOUCHSTONE_INSTANCE_SECRET must be 64 hexadecimal digits')
  }
  if (config.s3Bucket !== '' && (config.s3AccessKey === '') !== (config.s3SecretKey === '')) {
    problems.push('TOUCHSTONE_S3_ACCESS_KEY and TOUCHSTONE_S3_SECRET_KEY go together')
  }
  for (const [name, value] of [
    ['TOUCHSTONE_QUALITY_VISIBILITY', config.qualityVisibility],
    ['TOUCHSTONE_QUALITY_IMPORT_VISIBILITY', config.qualityImportVisibility],
  ] as const) {
    if (!['public', 'signed-in', 'named'].includes(value))
      problems.push(`${name} must be public, signed-in or named`)
  }
  if (!LOG_LEVELS.includes(config.logLevel))
    problems.push(`TOUCHSTONE_LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}`)
  return problems
}

function contradictionsOfAddresses(config: Config): string[] {
  const problems: string[] = []
  if (config.publicUrl !== '' && !/^https?:\/\/[^/?#@\s]+$/.test(config.publicUrl)) {
    problems.push('TOUCHSTONE_PUBLIC_URL must be like https://qa.example.org, without a path')
  }
  if (config.databaseUrl !== '' && !/^postgres(ql)?:\/\//.test(config.databaseUrl)) {
    problems.push('TOUCHSTONE_DATABASE_URL must begin with postgres://')
  }
  if (config.smtpUrl !== '' && !/^smtps?:\/\/[^/]/.test(config.smtpUrl)) {
    problems.push('TOUCHSTONE_SMTP_URL must begin with smtp:// or smtps://')
  }
  if (config.s3Endpoint !== '' && !/^https?:\/\/[^/]/.test(config.s3Endpoint)) {
    problems.push('TOUCHSTONE_S3_ENDPOINT must begin with https:// or http://')
  }
  const noProxies = config.trustedProxies.filter((text) => !isNetwork(text))
  if (noProxies.length > 0) {
    problems.push(`TOUCHSTONE_TRUSTED_PROXIES names no addresses or networks: ${noProxies.join(', ')}`)
  }
  return problems
}

const NAMED_NETWORKS = ['loopback', 'linklocal', 'uniquelocal']

/** An address, a network such as `10.0.0.0/8`, or one of the names that the server knows. */
function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/')
  const family = isIP(address)
  if (NAMED_NETWORKS.includes(text)) return true
  if (family === 0 || rest.length > 0) return false
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128))
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
