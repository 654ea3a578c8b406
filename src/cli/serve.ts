import { type App, createApp } from '../app.ts'
import type { Config } from '../config.ts'
import { asSystem } from '../context.ts'
import { makeSetUpLink } from '../modules/access/set-up-first-administrator.ts'
import { openSite, type Site } from '../site.ts'
import type { Command } from './command.ts'
import { releaseStartMemory } from './release-start-memory.ts'

export const serve: Command = {
  name: 'serve',
  usage: 'serve [--host H --port P --data DIR --demo [--fresh]]',
  help: 'run the server',
  mostWords: 0,
  options: { demo: { type: 'boolean' }, fresh: { type: 'boolean' } },
  run: async ({ config, options }) => {
    const demo = options.demo === true
    const fresh = options.fresh === true
    if (fresh && !demo) {
      console.error('--fresh goes with --demo')
      return 2
    }
    const site = demo ? await openDemo(config, fresh) : await openSite(config)
    if (site.backup !== undefined) console.log(`The database before this version is kept in ${site.backup}.`)
    try {
      await serveUntilStopped(site, demo)
    } finally {
      await site.close()
    }
    return 0
  },
}

async function serveUntilStopped(site: Site, demo: boolean): Promise<void> {
  const { host, port } = site.config
  const app = await createApp(site, { demo })
  try {
    const bound = await app.server.listen({ host: host || 'localhost', port })
    const address = `http://${host || '127.0.0.1'}:${bound}`
    await app.queue.start()
    console.log(`Touchstone is listening on ${address}`)
    if (demo) await printDemo(address)
    else await printSetUpLink(site, address)
    releaseStartMemory()
    await stopSignal()
  } finally {
    await stopInTime(app)
  }
}

/** A request that never ends must not keep the server from ending; whoever started it would kill it, unfinished. */
const STOPPING_MS = 30_000

async function stopInTime(app: App): Promise<void> {
  const deadline = setTimeout(() => {
    console.error(`Requests or jobs were still running after ${STOPPING_MS / 1000} s; stopping without them.`)
    process.exit(1)
  }, STOPPING_MS)
  await app.stop()
  clearTimeout(deadline)
}

/** Only a demonstration loads what makes one. */
async function openDemo(config: Config, fresh: boolean): Promise<Site> {
  const { openDemonstration } = await import('../demo/open-demonstration.ts')
  return openDemonstration(config, { fresh, say: (line) => console.log(line) })
}

async function printDemo(address: string): Promise<void> {
  const { describeDemonstration } = await import('../demo/describe-demonstration.ts')
  for (const line of describeDemonstration(address)) console.log(line)
}

/** Until there is an administrator, whoever starts the server is shown the link that makes one. */
async function printSetUpLink({ base, access, config }: Site, address: string): Promise<void> {
  const link = await makeSetUpLink(asSystem(base, 'start'), access)
  if (link === undefined) return
  const { pathname, hash } = new URL(link)
  const reachable = config.publicUrl === '' ? `${address}${pathname}${hash}` : link
  console.log(
    `\nMake the first administrator within seven days, with this link, which works once:\n  ${reachable}\n`,
  )
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    // a terminal and the launcher both pass an interrupt on: the second one must not end what the first one began
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve())
  })
}
