import { createHmac } from 'node:crypto'

/** A UID of a random UUID; needs no registered root (PS3.5 annex B.2). */
export function uidOfUuid(uuid: string): string {
  return `2.25.${BigInt(`0x${uuid.replaceAll('-', '')}`)}`
}

/** The UID that replaces another one everywhere in a job: 128 bits of HMAC-SHA-256 under the job's key. */
export function replacementUid(uid: string, key: Uint8Array): string {
  const digest = createHmac('sha256', key).update(uid, 'utf8').digest('hex')
  return uidOfUuid(digest.slice(0, 32))
}
