import { equalInConstantTime, hashWithKey } from '../../platform/crypto/hash-secret.ts'
import type { Access } from './access.ts'

/** The token that proves a request to come from a page that this session was shown: 40 hexadecimal digits. */
export function csrfTokenOf(access: Access, sessionSecret: string): string {
  return hashWithKey(access.keys.derive('csrf'), sessionSecret).slice(0, 40)
}

export function isCsrfTokenOf(access: Access, sessionSecret: string, given: string | undefined): boolean {
  return given !== undefined && equalInConstantTime(csrfTokenOf(access, sessionSecret), given)
}
