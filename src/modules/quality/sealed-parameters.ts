import type { InstanceKeys } from '../../platform/crypto/instance-keys.ts'
import { openSecret, sealSecret } from '../../platform/crypto/seal-secret.ts'
import { isSecretParameter } from './domain/catalogue/catalogue.ts'
import { type Attributes, objectOf } from './domain/report-tree.ts'

/** How a secret is stored: sealed with the key of the installation. */
export type Sealed = { readonly sealed: string }

const PURPOSE = 'quality.credential'

/** What is shown instead of a secret; when it comes back it means that nothing changed. */
export const CREDENTIAL_MASK = 'this string replaces credentials'

export const TRACKER_SECRETS: readonly string[] = ['password', 'private_token']

export function isSealed(value: unknown): value is Sealed {
  return typeof value === 'object' && value !== null && 'sealed' in value && typeof value.sealed === 'string'
}

export function sealValue(keys: InstanceKeys, value: unknown): unknown {
  if (isSealed(value) || isEmpty(value)) return value
  return { sealed: sealSecret(keys, JSON.stringify(value), PURPOSE) } satisfies Sealed
}

export function openValue(keys: InstanceKeys, value: unknown): unknown {
  return isSealed(value) ? JSON.parse(openSecret(keys, value.sealed, PURPOSE)) : value
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

/** Applies `change` to the secrets of a source. */
export function mapSecretsOfSource(attributes: Attributes, change: (value: unknown) => unknown): Attributes {
  if (!Object.hasOwn(attributes, 'parameters')) return attributes
  const parameters = Object.entries(objectOf(attributes.parameters)).map(([key, value]) => [
    key,
    isSecretParameter(attributes.type, key) && !isEmpty(value) ? change(value) : value,
  ])
  return { ...attributes, parameters: Object.fromEntries(parameters) }
}

/** Applies `change` to the secrets of the issue tracker of a report. */
export function mapSecretsOfReport(attributes: Attributes, change: (value: unknown) => unknown): Attributes {
  if (!Object.hasOwn(attributes, 'issue_tracker')) return attributes
  const tracker = objectOf(attributes.issue_tracker)
  const parameters = Object.entries(objectOf(tracker.parameters)).map(([key, value]) => [
    key,
    TRACKER_SECRETS.includes(key) && !isEmpty(value) ? change(value) : value,
  ])
  return { ...attributes, issue_tracker: { ...tracker, parameters: Object.fromEntries(parameters) } }
}

/** The parameters of a source as its reader needs them. */
export function openParameters(keys: InstanceKeys, attributes: Attributes): Attributes {
  return objectOf(mapSecretsOfSource(attributes, (value) => openValue(keys, value)).parameters)
}
