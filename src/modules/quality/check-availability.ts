import { STATUS_CODES } from 'node:http'
import { RefusedError } from '../../core/refusal.ts'
import { guardedFetch } from '../../platform/outgoing/guarded-fetch.ts'
import { findSourceType } from './domain/catalogue/catalogue.ts'
import { type Attributes, textOf } from './domain/report-tree.ts'
import type { Quality } from './quality.ts'
import { openParameters } from './sealed-parameters.ts'

/** Whether an address answers, as people are told beside the field. */
export type Availability = {
  readonly statusCode: number
  readonly reason: string
  readonly parameterKey: string
}

const TIMEOUT_MS = 10_000
const MOST_BYTES = 20 * 2 ** 20

/** Tries the address of a source after it, or a credential that it depends on, was changed; undefined where there is nothing to try. */
export async function checkSource(
  quality: Quality,
  attributes: Attributes,
  changedKey: string,
): Promise<Availability | undefined> {
  const declared = findSourceType(attributes.type)?.parameters ?? {}
  const parameters = openParameters(quality.access.keys, attributes)
  const key = Object.entries(declared).find(
    ([name, { kind, validateOn = [] }]) =>
      kind === 'url' && (name === changedKey || validateOn.includes(changedKey)),
  )?.[0]
  const url = key && textOf(parameters, key)
  if (!key || !url) return undefined
  const token = textOf(parameters, 'private_token') ?? ''
  const path = token ? declared.private_token?.checkPath : undefined
  const address = path ? `${url.replace(/\/+$/, '')}/${path}` : url
  return { ...(await tryAddress(quality, address, headersOf(parameters, path))), parameterKey: key }
}

/** Tries the address of an issue tracker. */
export async function checkTracker(
  quality: Quality,
  parameters: Attributes,
): Promise<Availability | undefined> {
  const url = textOf(parameters, 'url')
  return url
    ? { ...(await tryAddress(quality, url, headersOf(parameters, undefined))), parameterKey: 'url' }
    : undefined
}

function headersOf(parameters: Attributes, checkPath: string | undefined): Readonly<Record<string, string>> {
  const [token, username, password] = ['private_token', 'username', 'password'].map(
    (key) => textOf(parameters, key) ?? '',
  )
  if (token) {
    const authorization = checkPath === undefined ? basic(token, '') : `Bearer ${token}`
    return { 'private-token': token, authorization }
  }
  return username || password ? { authorization: basic(username ?? '', password ?? '') } : {}
}

function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}

async function tryAddress(
  { outgoing }: Quality,
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<Omit<Availability, 'parameterKey'>> {
  try {
    const { status } = await guardedFetch(url, {
      rules: outgoing,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MOST_BYTES,
      headers,
    })
    return { statusCode: status, reason: STATUS_CODES[status] ?? '' }
  } catch (error) {
    if (error instanceof RefusedError) return { statusCode: -1, reason: error.message }
    throw error
  }
}
