import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, type Page } from 'playwright-core'
import { findViolations, type Laboratory, takeScreenshot } from './browser.ts'

const ROOT = join(import.meta.dirname, '..', '..')

/** A server of its own process with an empty data folder and one administrator, and a browser to look at it. */
export async function openEmptySite(
  executablePath: string,
  { username, password }: { readonly username: string; readonly password: string },
): Promise<Laboratory> {
  if (!existsSync(join(ROOT, 'web', 'dist', 'index.html'))) {
    throw new Error('The web application is not built: npm run build')
  }
  const data = await mkdtemp(join(tmpdir(), 'touchstone-browser-'))
  const user = touchstone(['user', 'create', username, '--administrator', '--data', data])
  user.stdin?.end(`${password}\n`)
  const [status] = await once(user, 'exit')
  if (status !== 0) throw new Error(`Making the administrator ended with ${status}`)
  const server = touchstone(['serve', '--host', '127.0.0.1', '--port', '0', '--data', data])
  const address = await addressOf(server)
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', ...QUIET] })
  return {
    address,
    browser,
    close: async () => {
      await browser.close()
      const ended = once(server, 'exit')
      server.kill('SIGTERM')
      await ended
      await rm(data, { recursive: true, force: true })
    },
  }
}

const QUIET = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

function touchstone(words: readonly string[]): ChildProcess {
  return spawn(process.execPath, [join(ROOT, 'src', 'main.ts'), ...words], {
    cwd: ROOT,
    env: { ...process.env, TOUCHSTONE_DATA: undefined, TOUCHSTONE_LOG_LEVEL: 'error' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
}

/** @throws when the server ends before it says where it listens */
async function addressOf(server: ChildProcess): Promise<string> {
  if (server.stdout === null) throw new Error('The server has no output')
  for await (const line of createInterface({ input: server.stdout })) {
    const found = /listening on (http:\S+)$/.exec(line)?.[1]
    if (found === undefined) continue
    // what follows is read by nobody and must not fill the pipe
    server.stdout.resume()
    return found
  }
  throw new Error('The server ended before it listened')
}

const LOOKS = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 1280 },
  { colorScheme: 'light', width: 800 },
  { colorScheme: 'dark', width: 800 },
] as const

/** What is wrong with a page as it stands, light and dark, wide and narrow; a picture of each is kept. */
export async function problemsInAllLooks(page: Page, name: string): Promise<readonly string[]> {
  const found: string[] = []
  for (const { colorScheme, width } of LOOKS) {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor()
    const look = `${name}-${width}-${colorScheme}`
    await takeScreenshot(page, look)
    found.push(...(await findViolations(page)).map((violation) => `${look}: ${violation}`))
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
    if (Number(overflow) > 0) found.push(`${look}: ${overflow} px wider than the window`)
  }
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  return found
}
