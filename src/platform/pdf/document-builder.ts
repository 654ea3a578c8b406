import { type ChartSize, requireDrawable, type TimeSeriesChart } from '../charts/time-series-chart.ts'
import { requireBuildable } from './check-document.ts'
import { type LabelJob, requirePrintable } from './labels.ts'
import type { PdfDocument } from './pdf-document.ts'
import { openWorkerPool } from './worker-pool.ts'
import type { WorkerProduct } from './worker-protocol.ts'

export type DocumentBuilderOptions = {
  /** 2 minutes unless given. */
  readonly timeoutMs?: number
  /** 1 minute unless given. */
  readonly idleMs?: number
  /** Threads at most; 2 unless given. */
  readonly workers?: number
}

/**
 * Makes PDF files and charts in worker threads, which start on first use. All methods refuse `invalid-input` for what
 * is too large or cannot be drawn, `upstream-failed` when the work takes too long, and `too-many-attempts` when too
 * much of it waits.
 */
export type DocumentBuilder = {
  buildPdf(document: PdfDocument): Promise<Buffer>
  buildLabels(job: LabelJob): Promise<Buffer>
  /** @returns an SVG document with text as text */
  drawChart(chart: TimeSeriesChart, size: ChartSize): Promise<string>
  close(): Promise<void>
}

export function openDocumentBuilder(options: DocumentBuilderOptions = {}): DocumentBuilder {
  const pool = openWorkerPool({
    script: new URL('./document.worker.ts', import.meta.url),
    size: options.workers ?? 2,
    timeoutMs: options.timeoutMs ?? 120_000,
    idleMs: options.idleMs ?? 60_000,
    maxWaiting: 100,
    maxHeapMb: 1_536,
  })
  return {
    async buildPdf(document: PdfDocument): Promise<Buffer> {
      requireBuildable(document)
      return asBuffer(await pool.run({ kind: 'document', document }))
    },
    async buildLabels(job: LabelJob): Promise<Buffer> {
      requirePrintable(job)
      return asBuffer(await pool.run({ kind: 'labels', job }))
    },
    async drawChart(chart: TimeSeriesChart, size: ChartSize): Promise<string> {
      requireDrawable(chart, size)
      return String(await pool.run({ kind: 'chart', chart, size }))
    },
    close: () => pool.close(),
  }
}

function asBuffer(product: WorkerProduct): Buffer {
  if (typeof product === 'string') throw new TypeError('The worker gave text for a PDF.')
  return Buffer.from(product.buffer, product.byteOffset, product.byteLength)
}
