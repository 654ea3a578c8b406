import { createHash, createHmac, hash, timingSafeEqual } from 'node:crypto'

/**
 * SHA-256 of a secret that was made by a random generator, as 64 hexadecimal digits. Such secrets cannot be guessed,
 * so a slow hash would add nothing; passwords are another matter, see `password-hash.ts`.
 */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'hex')
}

/** HMAC-SHA-256 as 64 hexadecimal digits: for what could be guessed and must not be found by hashing guesses. */
export function hashWithKey(key: Buffer, text: string): string {
  return createHmac('sha256', key).update(text, 'utf8').digest('hex')
}

/** Whether two texts are equal, in a time that tells nothing about where they differ. */
export function equalInConstantTime(a: string, b: string): boolean {
  // Hashing first makes the lengths equal, so that not even they show.
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest())
}
