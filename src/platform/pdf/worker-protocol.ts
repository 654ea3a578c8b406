import type { Refusal } from '../../core/refusal.ts'
import type { ChartSize, TimeSeriesChart } from '../charts/time-series-chart.ts'
import type { LabelJob } from './labels.ts'
import type { PdfDocument } from './pdf-document.ts'

/** What the document worker is asked for. */
export type WorkerTask =
  | { readonly kind: 'document'; readonly document: PdfDocument }
  | { readonly kind: 'labels'; readonly job: LabelJob }
  | { readonly kind: 'chart'; readonly chart: TimeSeriesChart; readonly size: ChartSize }

/** PDF bytes, or the text of an SVG. */
export type WorkerProduct = Uint8Array<ArrayBuffer> | string

export type WorkerAnswer =
  | { readonly status: 'done'; readonly product: WorkerProduct }
  | { readonly status: 'refused'; readonly refusal: Refusal }
  | { readonly status: 'failed'; readonly message: string; readonly stack: string }
