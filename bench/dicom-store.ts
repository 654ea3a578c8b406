/**
 * Measures the image store over HTTP: `node bench/dicom-store.ts`, a Markdown table on standard output. A site on SQLite
 * in a folder of its own; a series of CT slices is stored, searched, read and rendered, then one large upload is sent
 * while the memory of the server is watched.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { readConfig } from '../src/config.ts'
import { asSystem } from '../src/context.ts'
import { createToken } from '../src/modules/access/create-token.ts'
import { createUser } from '../src/modules/access/create-user.ts'
import {
  type ExamplePixels,
  example,
  exampleImage,
  exampleSamples,
  rawElement,
} from '../src/modules/dicom/domain/example-files.ts'
import { writeDicomFile } from '../src/modules/dicom/domain/write-file.ts'
import { openSite } from '../src/site.ts'

const SLICES = 200
const LARGE_BYTES = 500 * 2 ** 20
const CT: ExamplePixels = { rows: 512, columns: 512, bitsAllocated: 16, bitsStored: 12 }
const SAMPLES = exampleSamples(CT)
const WINDOW = [example('WindowCenter', '2048'), example('WindowWidth', '3000')]

function slice(index: number): Buffer {
  const own = [example('SOPInstanceUID', `2.25.${1000 + index}`), example('InstanceNumber', String(index))]
  return writeDicomFile(exampleImage(CT, SAMPLES, [...WINDOW, ...own]))
}

const data = await mkdtemp(join(tmpdir(), 'touchstone-bench-dicom-'))
const environment = { TOUCHSTONE_DATA: data, TOUCHSTONE_TIMEZONE: 'UTC', TOUCHSTONE_LOG_LEVEL: 'error' }
const token = await prepare()
const server = spawn(process.execPath, ['src/main.ts', 'serve', '--port', '0', '--host', '127.0.0.1'], {
  cwd: join(import.meta.dirname, '..'),
  env: { ...process.env, ...environment },
  stdio: ['ignore', 'pipe', 'inherit'],
})
const origin = await new Promise<string>((resolve) => {
  server.stdout.on('data', (chunk) => {
    const found = /listening on (http:\S+)/.exec(String(chunk))?.[1]
    if (found) resolve(found)
  })
})
const authorization = `Token ${token}`

async function prepare(): Promise<string> {
  const site = await openSite(readConfig({}, environment))
  const ctx = asSystem(site.base, 'bench')
  const user = await createUser(ctx, site.access, { username: 'bench', isAdministrator: true })
  const made = await createToken(ctx, { userId: user.id, name: 'bench' })
  await site.close()
  return made.token
}

async function median(runs: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN
}

function report(what: string, value: number, unit: string, budget = ''): void {
  console.log(`| ${what} | ${value < 10 ? value.toFixed(2) : value.toFixed(0)} ${unit} | ${budget} |`)
}

async function get(path: string, accept = '*/*'): Promise<Buffer> {
  const answer = await fetch(`${origin}${path}`, { headers: { authorization, accept } })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return Buffer.from(await answer.arrayBuffer())
}

async function measureSeries(): Promise<void> {
  const files = Array.from({ length: SLICES }, (_, index) => slice(index + 1))
  const start = performance.now()
  const parts = files.flatMap((file) => [
    Buffer.from('--b\r\nContent-Type: application/dicom\r\n\r\n'),
    file,
    Buffer.from('\r\n'),
  ])
  const answer = await fetch(`${origin}/dicom-web/studies`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'multipart/related; type="application/dicom"; boundary=b' },
    body: Buffer.concat([...parts, Buffer.from('--b--\r\n')]),
  })
  if (answer.status !== 200) throw new Error(await answer.text())
  const perFile = (performance.now() - start) / SLICES
  report(`STOW-RS of ${SLICES} CT slices of 0.5 MiB, each`, perFile, 'ms')
  const series = '/dicom-web/studies/2.25.2/series/2.25.3'
  report('QIDO-RS: one study', await median(50, () => get('/dicom-web/studies?PatientID=ID-4711')), 'ms')
  report(`QIDO-RS: ${SLICES} instances`, await median(20, () => get(`${series}/instances`)), 'ms')
  report(`metadata of ${SLICES} slices`, await median(20, () => get(`${series}/metadata`)), 'ms')
  const instance = `${series}/instances/2.25.1100`
  report(
    'one file as stored',
    await median(50, () => get(instance, 'application/dicom; transfer-syntax=*')),
    'ms',
  )
  report('one frame', await median(50, () => get(`${instance}/frames/1`, 'application/octet-stream')), 'ms')
  report('rendered PNG', await median(50, () => get(`${instance}/rendered`, 'image/png')), 'ms')
  report('rendered JPEG', await median(50, () => get(`${instance}/rendered`)), 'ms')
  report('thumbnail', await median(50, () => get(`${instance}/thumbnail`)), 'ms')
}

/** Of the whole server process, in MiB. */
async function residentMib(): Promise<number> {
  const status = await readFile(`/proc/${server.pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024
}

/** A multi-frame image of 500 MiB, made while it is sent. */
async function* largeFile(): AsyncGenerator<Buffer> {
  const frames = Math.floor(LARGE_BYTES / SAMPLES.length)
  const own = [example('SOPInstanceUID', '2.25.9999'), example('NumberOfFrames', String(frames))]
  const head = writeDicomFile(exampleImage(CT, new Uint8Array(), [...WINDOW, ...own]))
  // the empty Pixel Data at the end is replaced by one that is sent in parts
  yield head.subarray(0, head.length - 12)
  yield rawElement(0x7fe00010, 'OW', Buffer.alloc(0), frames * SAMPLES.length)
  for (let frame = 0; frame < frames; frame += 1) yield SAMPLES
}

async function measureLargeUpload(): Promise<void> {
  if (process.platform !== 'linux') {
    console.log('\nThe memory of another process is read on Linux only: the large upload is left out.')
    return
  }
  const idle = await residentMib()
  let most = idle
  const watch = setInterval(() => {
    residentMib().then(
      (now) => {
        most = Math.max(most, now)
      },
      () => clearInterval(watch),
    )
  }, 50)
  const start = performance.now()
  const status = await new Promise<number>((resolve, reject) => {
    const sending = request(
      `${origin}/dicom-web/studies`,
      { method: 'POST', headers: { authorization, 'content-type': 'application/dicom' } },
      (answer) => {
        answer.resume()
        answer.on('end', () => resolve(answer.statusCode ?? 0))
      },
    )
    pipeline(Readable.from(largeFile()), sending).catch(reject)
  })
  clearInterval(watch)
  if (status !== 200) throw new Error(`the large file was answered with ${status}`)
  report('upload of 500 MiB', (performance.now() - start) / 1000, 's')
  report('its memory above idle', most - idle, 'MiB', '300 MiB')
  report(
    'one of its frames, rendered',
    await median(5, () =>
      get('/dicom-web/studies/2.25.2/series/2.25.3/instances/2.25.9999/frames/700/rendered', 'image/png'),
    ),
    'ms',
  )
}

console.log(
  `Node ${process.version}, ${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown processor'}\n`,
)
console.log('| what | value | budget |\n|---|---|---|')
try {
  await measureSeries()
  await measureLargeUpload()
} finally {
  server.kill('SIGTERM')
  await new Promise((resolve) => server.on('exit', resolve))
  await rm(data, { recursive: true })
}
