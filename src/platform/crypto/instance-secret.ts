import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { SECRET_BYTES } from './instance-keys.ts'

const FILE_NAME = 'instance.key'

/**
 * Reads the instance secret of a data folder, making it at the first start. The file is readable by its owner only
 * and must be backed up with the data: without it, sealed secrets and issued tokens are lost.
 *
 * @throws Error if the file holds something else than 64 hexadecimal digits
 */
export async function loadInstanceSecret(folder: string): Promise<Buffer> {
  const file = join(folder, FILE_NAME)
  const known = await readSecretFile(file)
  if (known) return known
  await mkdir(folder, { recursive: true })
  await writeSecretFile(folder, file)
  const written = await readSecretFile(file)
  if (!written) throw new Error(`${file} vanished while it was being made.`)
  return written
}

/**
 * Reads an instance secret that the configuration gives as 64 hexadecimal digits.
 *
 * @throws Error saying what is expected, without repeating what was given
 */
export function parseInstanceSecret(text: string): Buffer {
  const digits = text.trim()
  if (!/^[0-9a-f]{64}$/i.test(digits)) {
    throw new Error(`An instance secret is written as ${SECRET_BYTES * 2} hexadecimal digits.`)
  }
  return Buffer.from(digits, 'hex')
}

async function readSecretFile(file: string): Promise<Buffer | undefined> {
  try {
    return parseInstanceSecret(await readFile(file, 'utf8'))
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Written aside, synced and linked into place: of two processes starting at once exactly one gives the secret. */
async function writeSecretFile(folder: string, file: string): Promise<void> {
  const aside = `${file}.${randomBytes(8).toString('hex')}`
  const handle = await open(aside, 'wx', 0o600)
  try {
    await handle.writeFile(`${randomBytes(SECRET_BYTES).toString('hex')}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  try {
    await link(aside, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    await rm(aside)
  }
  await syncFolder(folder)
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder for syncing; there the file system journals the link.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
