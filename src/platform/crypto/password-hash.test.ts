import { describe, expect, it } from 'vitest'
import { verifyDjangoPassword } from './django-password.ts'
import { createPasswordHashing, isPasswordHash, OWASP_COST } from './password-hash.ts'

const QUICK = { memoryKib: 64, passes: 1, lanes: 1 }
const PASSWORD = 'correct horse bättery'

/** Made with Python's hashlib.pbkdf2_hmac, laid out as Django's PBKDF2PasswordHasher does. */
const DJANGO = {
  sha256: 'pbkdf2_sha256$1000$q2Fm8bZ4kT1xYp7s$23TElGfEMML3tLo2qc8e9wnUA1NRZsyPSbncTqtXAgM=',
  sha256Slow: 'pbkdf2_sha256$600000$q2Fm8bZ4kT1xYp7s$puhHchozWkmpW9hwKsQrFe4d+AHO37xy7DcP7J+AMNU=',
  sha1: 'pbkdf2_sha1$1000$q2Fm8bZ4kT1xYp7s$mAvdfZmzpfTx9aNBtvLRqNrfZqQ=',
}

describe('password hashes', () => {
  it('are argon2id with the OWASP parameters', async () => {
    const stored = await createPasswordHashing(OWASP_COST).hash(PASSWORD)
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(isPasswordHash(stored)).toBe(true)
  })

  it('match the password and nothing else', async () => {
    const passwords = createPasswordHashing(QUICK)
    const stored = await passwords.hash(PASSWORD)
    expect(await passwords.verify(stored, PASSWORD)).toBe(true)
    expect(await passwords.verify(stored, `${PASSWORD} `)).toBe(false)
    expect(await passwords.verify(stored, '')).toBe(false)
  })

  it('are outdated when the cost was raised since, or when they come from Django', async () => {
    const quick = createPasswordHashing(QUICK)
    const stored = await quick.hash(PASSWORD)
    expect(quick.isOutdated(stored)).toBe(false)
    expect(createPasswordHashing({ ...QUICK, passes: 2 }).isOutdated(stored)).toBe(true)
    expect(createPasswordHashing({ ...QUICK, memoryKib: 128 }).isOutdated(stored)).toBe(true)
    expect(quick.isOutdated(DJANGO.sha256)).toBe(true)
  })

  it('have a decoy that is made once and matches nothing', async () => {
    const passwords = createPasswordHashing(QUICK)
    expect(await passwords.decoy()).toBe(await passwords.decoy())
    expect(await passwords.verify(await passwords.decoy(), PASSWORD)).toBe(false)
  })

  it('refuse a megabyte without hashing it', async () => {
    const passwords = createPasswordHashing(QUICK)
    const long = 'x'.repeat(1025)
    expect(await passwords.verify(await passwords.hash(long), long)).toBe(false)
  })
})

describe('hashes written by Django', () => {
  it.each(Object.values(DJANGO))('verify: %s', async (stored) => {
    expect(isPasswordHash(stored)).toBe(true)
    expect(await verifyDjangoPassword(stored, PASSWORD)).toBe(true)
    expect(await verifyDjangoPassword(stored, 'correct horse battery')).toBe(false)
  })

  it.each([
    '',
    '!',
    '!q9mT0fM7h2',
    'pbkdf2_sha256',
    'pbkdf2_sha256$$$',
    'pbkdf2_sha256$0$salt$23TElGfEMML3tLo2qc8e9wnUA1NRZsyPSbncTqtXAgM=',
    'pbkdf2_sha256$99999999$salt$23TElGfEMML3tLo2qc8e9wnUA1NRZsyPSbncTqtXAgM=',
    'pbkdf2_md5$1000$salt$23TElGfEMML3tLo2qc8e9w==',
    '$argon2id$v=19$m=64,t=1,p=1$broken',
    'md5$salt$900150983cd24fb0d6963f7d28e17f72',
  ])('match nothing when unusable: %j', async (stored) => {
    expect(await createPasswordHashing(QUICK).verify(stored, PASSWORD)).toBe(false)
  })
})
