import { execFileSync, spawnSync } from 'node:child_process'
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  decryptCredential,
  type EncryptedCredential,
  encryptCredential,
  parsePublicKey,
} from './credential-encryption.ts'

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const small = generateKeyPairSync('rsa', { modulusLength: 1024 })
const NOW = new Date('2026-11-22T10:00:00Z')

it.each(['', 'secret', 'pässwörd 🔑', 'x'.repeat(100_000)])('encrypts and decrypts', (text) => {
  for (const { publicKey, privateKey } of [pair, small]) {
    const encrypted = encryptCredential(publicKey, text, NOW)
    expect(encrypted[1].startsWith('gAAAAA')).toBe(true)
    expect(decryptCredential(privateKey, encrypted)).toBe(text)
  }
})

it('reads nothing with another key, or when something was changed', () => {
  const [wrapped, token] = encryptCredential(pair.publicKey, 'secret', NOW)
  expect(decryptCredential(small.privateKey, [wrapped, token])).toBeUndefined()
  const changed = `${token.slice(0, 20)}${token[20] === 'A' ? 'B' : 'A'}${token.slice(21)}`
  expect(decryptCredential(pair.privateKey, [wrapped, changed])).toBeUndefined()
  for (const damaged of ['', 'gAAAAA', 'x', '===']) {
    expect(decryptCredential(pair.privateKey, [wrapped, damaged])).toBeUndefined()
    expect(decryptCredential(pair.privateKey, [damaged, token])).toBeUndefined()
  }
})

it('wraps the key of a large pair into 684 characters', () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 4096 })
  expect(encryptCredential(publicKey, 'x', NOW)[0]).toHaveLength(684)
})

it.each(['', 'x', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n'])(
  'refuses %j as a key',
  (pem) => {
    expect(() => parsePublicKey(pem)).toThrow('not a valid RSA public key')
  },
)

it('refuses keys of other kinds, and private ones', () => {
  const curve = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' })
  expect(() => parsePublicKey(String(curve))).toThrow('not a valid RSA public key')
  expect(() => parsePublicKey(String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' })))).toThrow(
    'RSA',
  )
})

const python = spawnSync('python3', ['-c', 'import cryptography'], { encoding: 'utf8' })
const whyNot = python.error
  ? 'there is no python3'
  : python.status === 0
    ? undefined
    : 'python3 has no cryptography'
const SCRIPT = `
import base64, json, sys
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
given = json.load(sys.stdin)
oaep = padding.OAEP(mgf=padding.MGF1(algorithm=hashes.SHA256()), algorithm=hashes.SHA256(), label=None)
private = serialization.load_pem_private_key(given["private"].encode(), password=None)
wrapped, token = given["encrypted"]
read = Fernet(private.decrypt(base64.b64decode(wrapped), oaep)).decrypt(token.encode()).decode()
key = Fernet.generate_key()
made = [base64.b64encode(private.public_key().encrypt(key, oaep)).decode(), Fernet(key).encrypt(given["text"].encode()).decode()]
print(json.dumps({"read": read, "made": made}))
`

describe.runIf(whyNot === undefined)(
  `the other implementation${whyNot ? `, left out: ${whyNot}` : ''}`,
  () => {
    it('reads what we encrypt, and we read what it encrypts', () => {
      const text = 'Zürich "quoted" 密码'
      const input = JSON.stringify({
        private: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }),
        encrypted: encryptCredential(createPublicKey(pair.privateKey), text, NOW),
        text,
      })
      const answer: { read: string; made: EncryptedCredential } = JSON.parse(
        execFileSync('python3', ['-c', SCRIPT], { input, encoding: 'utf8' }),
      )
      expect(answer.read).toBe(text)
      expect(decryptCredential(pair.privateKey, answer.made)).toBe(text)
    })
  },
)
