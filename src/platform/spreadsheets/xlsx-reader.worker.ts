import { parentPort, workerData } from 'node:worker_threads'
import { RefusedError } from '../../core/refusal.ts'
import { chooseSheet, openWorkbook, sheetRows } from './open-workbook.ts'
import type { TableRow } from './table.ts'
import type { XlsxAnswer, XlsxTask } from './xlsx-protocol.ts'

const ROWS_PER_MESSAGE = 500

/** Entry of the worker thread: one workbook, then it ends. */
async function run(task: XlsxTask): Promise<void> {
  const workbook = await openWorkbook(task.bytes)
  const sheet = chooseSheet(workbook, task.sheet)
  tell({ kind: 'opened', sheets: workbook.worksheets.map(({ name }) => name), sheet: sheet.name })
  let rows: TableRow[] = []
  for (const row of sheetRows(sheet, task.limits)) {
    rows.push(row)
    if (rows.length < ROWS_PER_MESSAGE) continue
    tell({ kind: 'rows', rows })
    rows = []
  }
  tell({ kind: 'rows', rows })
  tell({ kind: 'end' })
}

function tell(answer: XlsxAnswer): void {
  parentPort?.postMessage(answer)
}

try {
  await run(workerData)
} catch (error) {
  if (error instanceof RefusedError) tell({ kind: 'refused', refusal: error.refusal })
  else {
    const { message, stack } = error instanceof Error ? error : new Error(String(error))
    tell({ kind: 'failed', message, stack: stack ?? '' })
  }
}
