import { execFileSync } from 'node:child_process'
import { afterEach, describe, expect, it } from 'vitest'
import { RefusedError } from '../../core/refusal.ts'
import { DOCUMENT_LIMITS } from './check-document.ts'
import { type DocumentBuilder, openDocumentBuilder } from './document-builder.ts'
import { labelRoll } from './label-sheets.ts'
import type { Block, PdfDocument } from './pdf-document.ts'
import { readPdfText } from './read-pdf-text.ts'
import { openWorkerPool, type WorkerPool } from './worker-pool.ts'
import type { WorkerTask } from './worker-protocol.ts'

const at = new Date('2026-05-01T12:00:00Z')
const documentOf = (blocks: readonly Block[], title = 'T'): PdfDocument => ({
  ...{ title, documentId: 'D-1', generatedAt: at, zone: 'UTC', locale: 'en', blocks },
})

async function refusalOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    if (error instanceof RefusedError) return error.refusal
    throw error
  }
  throw new Error('was not refused')
}

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

function open(options: Parameters<typeof openDocumentBuilder>[0] = {}): DocumentBuilder {
  const builder = openDocumentBuilder(options)
  closing.push(() => builder.close())
  return builder
}

describe('the document builder', () => {
  it('builds documents, labels and charts in its threads', async () => {
    const builder = open()
    const chart = {
      zone: 'UTC',
      locale: 'en',
      series: [
        {
          name: 'a',
          points: [
            [0, 1],
            [1e9, 2],
          ],
          drawAs: 'line',
        },
      ],
    } as const
    const sheet = labelRoll(50, 25)
    const [pdf, labels, svg] = await Promise.all([
      builder.buildPdf(documentOf([{ kind: 'text', text: 'hello' }])),
      builder.buildLabels({ title: 'L', generatedAt: at, sheet, labels: [{ lines: [{ text: 'id-1' }] }] }),
      builder.drawChart(chart, { width: 300, height: 100 }),
    ])
    expect(readPdfText(pdf)[0]).toContain('hello')
    expect(readPdfText(labels)).toEqual(['id-1'])
    expect(svg).toMatch(/^<svg width="300"/)
  })

  it('passes on what the worker refuses, and goes on working', async () => {
    const builder = open({ workers: 1 })
    const wrong = documentOf([{ kind: 'image', picture: new Uint8Array(3) }])
    expect(await refusalOf(builder.buildPdf(wrong))).toMatchObject({
      kind: 'invalid-input',
      problems: [{ field: 'picture' }],
    })
    expect(readPdfText(await builder.buildPdf(documentOf([{ kind: 'text', text: 'after' }])))[0]).toContain(
      'after',
    )
  })

  const row = { cells: ['a'] }
  const nested = Array.from({ length: 10 }).reduce<Block>(
    (inner) => ({ kind: 'together', blocks: [inner] }),
    { kind: 'text', text: 'x' },
  )
  it.each([
    [
      'table rows',
      [{ kind: 'table', columns: [], rows: Array.from({ length: DOCUMENT_LIMITS.rows + 1 }, () => row) }],
    ],
    [
      'table cells',
      [{ kind: 'table', columns: [], rows: [{ cells: Array.from({ length: 300_001 }, () => '') }] }],
    ],
    ['characters', [{ kind: 'text', text: 'x'.repeat(8_000_001) }]],
    ['blocks', Array.from({ length: 20_001 }, () => ({ kind: 'page-break' }) as const)],
    ['bytes of pictures', [{ kind: 'image', picture: new Uint8Array(30_000_001) }]],
    [
      'codes',
      Array.from(
        { length: 501 },
        () => ({ kind: 'barcode', symbology: 'qr', value: 'a', widthMm: 10 }) as const,
      ),
    ],
    ['nested too deeply', [nested]],
  ] satisfies [string, readonly Block[]][])('refuses too many: %s', async (what, blocks) => {
    expect(await refusalOf(open().buildPdf(documentOf(blocks)))).toMatchObject({
      kind: 'invalid-input',
      problems: [{ field: 'document', problem: expect.stringContaining(what) }],
    })
  })

  it('loads neither pdfmake, ECharts, bwip-js nor ExcelJS into the thread that opens it', () => {
    const script = `
      await import(${JSON.stringify(new URL('./document-builder.ts', import.meta.url).href)})
      const { createRequire } = await import('node:module')
      const heavy = /node_modules.(pdfmake|echarts|zrender|bwip-js|exceljs)./
      console.log(Object.keys(createRequire(import.meta.url).cache).filter((path) => heavy.test(path)).length)`
    const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      cwd: import.meta.dirname,
    })
    expect(out.trim()).toBe('0')
  })
})

describe('the worker pool', () => {
  /** A worker that does what the title of a document says. */
  const SCRIPT = `
    import { parentPort, threadId } from 'node:worker_threads'
    const hoard = []
    parentPort.on('message', ({ document: { title } }) => {
      if (title === 'hang') for (;;) {}
      if (title === 'die') process.exit(3)
      if (title === 'throw') throw new Error('defect in the worker')
      if (title === 'hoard') for (;;) hoard.push(Array.from({ length: 1000 }, Math.random))
      if (title !== 'wait') parentPort.postMessage({ status: 'done', product: title + ' by ' + threadId })
    })`
  const task = (title: string): WorkerTask => ({ kind: 'document', document: documentOf([], title) })

  function pool(
    options: { size?: number; timeoutMs?: number; idleMs?: number; maxWaiting?: number } = {},
  ): WorkerPool {
    const opened = openWorkerPool({
      script: new URL(`data:text/javascript,${encodeURIComponent(SCRIPT)}`),
      ...{ size: 1, timeoutMs: 20_000, idleMs: 60_000, maxWaiting: 10, maxHeapMb: 32 },
      ...options,
    })
    closing.push(() => opened.close())
    return opened
  }
  const threadOf = (product: unknown): string => /\d+$/.exec(String(product))?.[0] ?? ''

  it('does one task after the other in the same thread', async () => {
    const workers = pool()
    const products = await Promise.all(['a', 'b', 'c'].map((title) => workers.run(task(title))))
    expect(products.map((product) => String(product).slice(0, 4))).toEqual(['a by', 'b by', 'c by'])
    expect(new Set(products.map(threadOf)).size).toBe(1)
  })

  it.each([
    [
      'hangs',
      'hang',
      { kind: 'upstream-failed', source: 'document builder', reason: 'It took longer than 3 s.' },
    ],
    [
      'hoards',
      'hoard',
      { kind: 'upstream-failed', source: 'document builder', reason: 'It needs more memory than allowed.' },
    ],
  ])('replaces a worker that %s, and does what waited', async (_what, title, refusal) => {
    const workers = pool({ timeoutMs: title === 'hang' ? 3_000 : 20_000 })
    const first = await workers.run(task('first'))
    const [failed, next] = await Promise.all([refusalOf(workers.run(task(title))), workers.run(task('next'))])
    expect(failed).toEqual(refusal)
    expect(String(next).startsWith('next by')).toBe(true)
    expect(threadOf(next)).not.toBe(threadOf(first))
  })

  it.each([
    ['dies', 'die', 'The document worker ended.'],
    ['throws', 'throw', 'defect in the worker'],
  ])('reports a worker that %s as a defect and replaces it', async (_what, title, message) => {
    const workers = pool()
    await expect(workers.run(task(title))).rejects.toThrow(message)
    expect(String(await workers.run(task('after')))).toContain('after')
  })

  it('refuses what is too much to wait for', async () => {
    const workers = pool({ maxWaiting: 1 })
    const busy = workers.run(task('wait'))
    const waiting = workers.run(task('b'))
    expect(await refusalOf(workers.run(task('c')))).toEqual({ kind: 'too-many-attempts', retryAfterS: 10 })
    const settled = Promise.allSettled([busy, waiting])
    await workers.close()
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })

  it('refuses everything once it is closed', async () => {
    const workers = pool()
    await workers.run(task('a'))
    await workers.close()
    expect(await refusalOf(workers.run(task('b')))).toMatchObject({ reason: 'The server is stopping.' })
  })

  it('uses a second thread only while the first is busy', async () => {
    const workers = pool({ size: 2, timeoutMs: 5_000 })
    const first = await workers.run(task('a'))
    const busy = refusalOf(workers.run(task('wait')))
    const second = await workers.run(task('b'))
    expect(threadOf(second)).not.toBe(threadOf(first))
    await workers.close()
    expect(await busy).toMatchObject({ reason: 'The server is stopping.' })
  })
})
