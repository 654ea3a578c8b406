import { invalidInput } from '../../core/refusal.ts'
import { drawChart } from '../charts/draw-chart.ts'
import type { ChartSize, TimeSeriesChart } from '../charts/time-series-chart.ts'
import { drawBarcode } from './barcode.ts'
import { type Definition, layOutDocument } from './lay-out-document.ts'
import type { Drawings } from './lay-out-figure.ts'
import { layOutLabels } from './lay-out-labels.ts'
import { loosenLayout } from './loosen-layout.ts'
import type { PdfDocument } from './pdf-document.ts'
import { pictureDataUrl } from './picture.ts'
import { BlockTooTallError, printDefinition } from './print-definition.ts'
import { textWidth } from './text-runs.ts'
import type { WorkerProduct, WorkerTask } from './worker-protocol.ts'

const DRAWINGS: Drawings = { chart: drawMeasured, barcode: drawBarcode, picture: pictureDataUrl }

/** Does one task of the document worker, on this thread. */
export async function build(task: WorkerTask): Promise<WorkerProduct> {
  switch (task.kind) {
    case 'document':
      return printDocument(task.document)
    case 'labels':
      return printDefinition(layOutLabels(task.job, DRAWINGS))
    case 'chart':
      return drawMeasured(task.chart, task.size)
  }
}

function drawMeasured(chart: TimeSeriesChart, size: ChartSize): string {
  return drawChart(chart, size, textWidth)
}

/** Keeps together what belongs together; where that would not fit on a page, breaks anywhere rather than lose content. */
async function printDocument(document: PdfDocument): Promise<WorkerProduct> {
  try {
    return await printDefinition(layOutDocument(document, DRAWINGS))
  } catch (error) {
    if (!(error instanceof BlockTooTallError)) throw error
    return printLoosened(layOutDocument(document, DRAWINGS))
  }
}

async function printLoosened(definition: Definition): Promise<WorkerProduct> {
  try {
    return await printDefinition({ ...definition, content: definition.content.map(loosenLayout) })
  } catch (error) {
    if (!(error instanceof BlockTooTallError)) throw error
    throw invalidInput('document', 'A part of this document is higher than its page.')
  }
}
