import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPublicKey,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { invalidInput } from '../../core/refusal.ts'

/** A credential that only the holder of a private key can read: the wrapped key, and the token made with it. */
export type EncryptedCredential = readonly [wrappedKey: string, token: string]

const OAEP = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' } as const

/**
 * Encrypts a text with a key of its own (Fernet), and that key with RSA-OAEP (SHA-256), as the documented system does.
 *
 * @see https://github.com/fernet/spec/blob/master/Spec.md
 */
export function encryptCredential(publicKey: KeyObject, text: string, now: Date): EncryptedCredential {
  const key = padded(randomBytes(32).toString('base64url'))
  const wrapped = publicEncrypt({ key: publicKey, ...OAEP }, Buffer.from(key, 'ascii'))
  return [wrapped.toString('base64'), encryptFernet(key, text, now)]
}

/** The text again; undefined for another key, and for what was damaged. */
export function decryptCredential(
  privateKey: KeyObject,
  [wrapped, token]: EncryptedCredential,
): string | undefined {
  try {
    const key = privateDecrypt({ key: privateKey, ...OAEP }, Buffer.from(wrapped, 'base64')).toString('ascii')
    return decryptFernet(key, token)
  } catch (error) {
    // the library tells a wrong key by an error of its own, of no one kind
    if (error instanceof Error) return undefined
    throw error
  }
}

const VERSION = 0x80
const HEADER_BYTES = 25
const MAC_BYTES = 32

function encryptFernet(key: string, text: string, now: Date): string {
  const { signing, encryption } = halvesOf(key)
  const header = Buffer.alloc(9)
  header[0] = VERSION
  header.writeBigUInt64BE(BigInt(Math.floor(now.getTime() / 1000)), 1)
  const iv = randomBytes(16)
  const cipher = createCipheriv('aes-128-cbc', encryption, iv)
  const body = Buffer.concat([header, iv, cipher.update(text, 'utf8'), cipher.final()])
  const mac = createHmac('sha256', signing).update(body).digest()
  return padded(Buffer.concat([body, mac]).toString('base64url'))
}

function decryptFernet(key: string, token: string): string | undefined {
  const { signing, encryption } = halvesOf(key)
  const bytes = Buffer.from(token, 'base64url')
  if (bytes[0] !== VERSION || bytes.length < HEADER_BYTES + 16 + MAC_BYTES) return undefined
  const body = bytes.subarray(0, -MAC_BYTES)
  const mac = createHmac('sha256', signing).update(body).digest()
  if (!timingSafeEqual(mac, bytes.subarray(-MAC_BYTES))) return undefined
  const decipher = createDecipheriv('aes-128-cbc', encryption, body.subarray(9, HEADER_BYTES))
  return Buffer.concat([decipher.update(body.subarray(HEADER_BYTES)), decipher.final()]).toString('utf8')
}

/** The first half signs, the second encrypts. */
function halvesOf(key: string): { readonly signing: Buffer; readonly encryption: Buffer } {
  const bytes = Buffer.from(key, 'base64url')
  return { signing: bytes.subarray(0, 16), encryption: bytes.subarray(16, 32) }
}

/** Base64 with its padding, which others insist on. */
function padded(text: string): string {
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=')
}

const LARGEST_MODULUS = 16_384

/** @throws RefusedError `invalid-input` for what is no RSA public key in PEM form */
export function parsePublicKey(pem: string): KeyObject {
  const problem = 'The public_key parameter is not a valid RSA public key in PEM format.'
  try {
    const key = createPublicKey(pem)
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
    if (
      key.asymmetricKeyType === 'rsa' &&
      pem.includes('PUBLIC KEY') &&
      bits >= 1024 &&
      bits <= LARGEST_MODULUS
    )
      return key
  } catch (error) {
    if (!(error instanceof Error)) throw error
  }
  throw invalidInput('', problem)
}
