import { pbkdf2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(pbkdf2)
const PATTERN = /^pbkdf2_(sha256|sha1)\$(\d{1,8})\$([^$]{1,128})\$([A-Za-z0-9+/]+={0,2})$/
/** Django 6 uses 1,200,000; more would only let a forged row hold a processor. */
const MOST_ITERATIONS = 5_000_000

export function isDjangoHash(stored: string): boolean {
  return PATTERN.test(stored)
}

/**
 * Checks a password against a hash written by Django: `pbkdf2_sha256$<iterations>$<salt>$<base64>`, also with SHA-1.
 * Anything else, also Django's unusable passwords (`!…`), matches nothing.
 */
export async function verifyDjangoPassword(stored: string, password: string): Promise<boolean> {
  const [, digest, iterations, salt, encoded] = PATTERN.exec(stored) ?? []
  if (digest === undefined || salt === undefined || encoded === undefined) return false
  const rounds = Number(iterations)
  if (rounds < 1 || rounds > MOST_ITERATIONS) return false
  const expected = Buffer.from(encoded, 'base64')
  const actual = await derive(password, salt, rounds, expected.length, digest)
  return timingSafeEqual(actual, expected)
}
