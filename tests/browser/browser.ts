import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { copyDemonstration } from './demonstration.ts'
import { serveDemonstration } from './served-demonstration.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const SCREENSHOTS = join(import.meta.dirname, 'screenshots')

const CANDIDATES = [
  process.env.TOUCHSTONE_CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Where the browser is; undefined when there is none, which is printed, and a failure on CI. */
export function findChromium(): string | undefined {
  const found = CANDIDATES.find((path) => path !== '' && existsSync(path))
  if (found !== undefined) return found
  const reason = 'no Chromium found; set TOUCHSTONE_CHROMIUM or install it'
  if (process.env.CI === 'true') throw new Error(`Browser tests cannot run: ${reason}`)
  console.log(`skipping the browser tests: ${reason}`)
  return undefined
}

/** A demonstration in a folder of its own, and a browser to look at it. */
export interface Laboratory {
  readonly address: string
  readonly browser: Browser
  close(): Promise<void>
}

export async function openLaboratory(executablePath: string): Promise<Laboratory> {
  buildIfStale()
  const data = await copyDemonstration()
  const { address, stop } = await serveDemonstration(data)
  const browser = await chromium.launch({ executablePath, args: QUIET })
  return {
    address,
    browser,
    close: async () => {
      await browser.close()
      await stop()
      await rm(data, { recursive: true, force: true })
    },
  }
}

/** The application as it is written now: built again when a source is newer. */
function buildIfStale(): void {
  const built = join(ROOT, 'web', 'dist', 'index.html')
  const sources = join(ROOT, 'web', 'src')
  const newest = Math.max(
    ...readdirSync(sources, { recursive: true, encoding: 'utf8' }).map(
      (name) => statSync(join(sources, name)).mtimeMs,
    ),
  )
  if (existsSync(built) && statSync(built).mtimeMs >= newest) return
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js')
  execFileSync(process.execPath, [vite, 'build', '-c', 'web/vite.config.ts', '--logLevel', 'error'], {
    cwd: ROOT,
    stdio: 'inherit',
    // under a test runner this says "test", which would build the development version of React
    env: { ...process.env, NODE_ENV: 'production' },
  })
}

export interface PageOptions {
  readonly scheme?: 'light' | 'dark'
  readonly width?: number
}

/** A page with nobody signed in. What breaks on it fails the test through `problems`. */
export async function openPage(
  { browser, address }: Laboratory,
  { scheme = 'light', width = 1280 }: PageOptions = {},
): Promise<{ readonly page: Page; readonly problems: string[] }> {
  const context = await browser.newContext({
    baseURL: address,
    viewport: { width, height: 900 },
    colorScheme: scheme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
  })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) problems.push(message.text())
  })
  page.on('response', (response) => {
    if (response.status() >= 500) problems.push(`${response.status()} ${response.url()}`)
  })
  return { page, problems }
}

export async function signIn(page: Page, username = 'admin', password = 'secret'): Promise<void> {
  await page.goto('/app/sign-in')
  await page.getByLabel('User name').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'))
}

/** Calls the native interface as the user who is signed in on the page. */
export async function callAs<T>(page: Page, method: string, path: string, body?: unknown): Promise<T> {
  const response = await page.request.fetch(`/api/v1${path}`, {
    method,
    headers: { origin: new URL(page.url()).origin },
    ...(body === undefined ? {} : { data: body }),
  })
  const text = await response.text()
  if (!response.ok()) throw new Error(`${method} ${path}: ${response.status()} ${text}`)
  return (text === '' ? undefined : JSON.parse(text)) as T
}

const AXE = join(ROOT, 'node_modules', 'axe-core', 'axe.min.js')
const STANDARD = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

interface AxeViolation {
  readonly id: string
  readonly nodes: readonly { readonly html: string }[]
}

/** What of the page breaks WCAG 2.2 AA, as far as a machine can tell. */
export async function findViolations(page: Page): Promise<readonly string[]> {
  await page.evaluate(await readFile(AXE, 'utf8'))
  const violations = await page.evaluate(async (standard) => {
    const { axe } = globalThis as unknown as {
      axe: { run: (options: object) => Promise<{ violations: AxeViolation[] }> }
    }
    const { violations: found } = await axe.run({ runOnly: { type: 'tag', values: standard } })
    return found.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) }))
  }, STANDARD)
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  )
}

export async function takeScreenshot(page: Page, name: string): Promise<void> {
  await mkdir(SCREENSHOTS, { recursive: true })
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) })
}
