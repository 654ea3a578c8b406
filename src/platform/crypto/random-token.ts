import { randomBytes, randomInt } from 'node:crypto'

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Random hexadecimal digits in lower case, 4 bits each; `length` is even. */
export function randomHex(length: number): string {
  return randomBytes(length / 2).toString('hex')
}

/** Random letters and digits, 5.95 bits each. */
export function randomAlphanumeric(length: number): string {
  return Array.from({ length }, () => LETTERS_AND_DIGITS.charAt(randomInt(LETTERS_AND_DIGITS.length))).join(
    '',
  )
}

/** 256 random bits for addresses (`A-Z a-z 0-9 - _`), 43 characters. */
export function randomUrlToken(): string {
  return randomBytes(32).toString('base64url')
}
