import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { InstanceKeys } from './instance-keys.ts'

const VERSION = 's1'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * Encrypts a secret that must be readable again, with AES-256-GCM (NIST SP 800-38D).
 *
 * @param purpose what the secret is and whose, such as `access.token:12`; it opens only under the same purpose
 * @returns `s1.<key id>.<nonce, ciphertext and tag as base64url>`
 */
export function sealSecret(keys: InstanceKeys, secret: string, purpose: string): string {
  const { id, key } = keys.current
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose))
  const body = Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return `${VERSION}.${id}.${body.toString('base64url')}`
}

/**
 * Decrypts what {@link sealSecret} gave.
 *
 * @throws UnsealableError if the key is not known, the text was changed or the purpose is another one
 */
export function openSecret(keys: InstanceKeys, sealed: string, purpose: string): string {
  const [version, id, body, ...rest] = sealed.split('.')
  if (version !== VERSION || id === undefined || body === undefined || rest.length > 0) {
    throw new UnsealableError('This is not a sealed secret.')
  }
  const key = keys.sealing.get(id)?.key
  if (!key) throw new UnsealableError(`This was sealed with another instance secret (key ${id}).`)
  const bytes = Buffer.from(body, 'base64url')
  if (bytes.length < NONCE_BYTES + TAG_BYTES) throw new UnsealableError('This sealed secret is cut short.')
  return decrypt(key, bytes, purpose)
}

function decrypt(key: Buffer, bytes: Buffer, purpose: string): string {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
    .setAAD(Buffer.from(purpose))
    .setAuthTag(bytes.subarray(-TAG_BYTES))
  const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES))
  try {
    return Buffer.concat([text, decipher.final()]).toString('utf8')
  } catch (cause) {
    throw new UnsealableError('This sealed secret was changed or belongs elsewhere.', { cause })
  }
}

/** A sealed secret cannot be opened: the installation lost its instance secret, or the stored text was altered. */
export class UnsealableError extends Error {
  override readonly name = 'UnsealableError'
}
