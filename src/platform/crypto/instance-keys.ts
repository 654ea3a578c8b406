import { createHmac, hkdfSync } from 'node:crypto'

/** Bytes of an instance secret and of every key derived from it. */
export const SECRET_BYTES = 32

/** The keys of one installation: all derived from one secret, each for one purpose only. */
export type InstanceKeys = {
  /** seals new secrets */
  readonly current: SealingKey
  /** opens what earlier instance secrets sealed, by key id */
  readonly sealing: ReadonlyMap<string, SealingKey>
  /** The 32-byte key for a purpose, such as `jwt`; the same on every server of the installation. */
  derive(purpose: string): Buffer
}

export type SealingKey = { readonly id: string; readonly key: Buffer }

/**
 * @param secret 32 random bytes that every server of the installation shares
 * @param earlier secrets used before the current one; they only open what they sealed
 * @throws RangeError if a secret has another length
 */
export function createInstanceKeys(secret: Uint8Array, earlier: readonly Uint8Array[] = []): InstanceKeys {
  const current = sealingKeyOf(secret)
  const derived = new Map<string, Buffer>()
  return {
    current,
    sealing: new Map([current, ...earlier.map(sealingKeyOf)].map((key) => [key.id, key])),
    derive: (purpose) => {
      const key = derived.get(purpose) ?? deriveKey(secret, purpose)
      derived.set(purpose, key)
      return key
    },
  }
}

/** HKDF with SHA-256 (RFC 5869); the purpose is the `info`. */
function deriveKey(secret: Uint8Array, purpose: string): Buffer {
  if (secret.length !== SECRET_BYTES) throw new RangeError(`An instance secret has ${SECRET_BYTES} bytes.`)
  return Buffer.from(hkdfSync('sha256', secret, 'touchstone', purpose, SECRET_BYTES))
}

function sealingKeyOf(secret: Uint8Array): SealingKey {
  const key = deriveKey(secret, 'seal')
  return { id: createHmac('sha256', key).update('key-id').digest('hex').slice(0, 8), key }
}
