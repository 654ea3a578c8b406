import { on } from 'node:events'
import { Worker } from 'node:worker_threads'
import { invalidInput, RefusedError } from '../../core/refusal.ts'
import type { Table, TableLimits, TableOptions, TableRow } from './table.ts'
import type { XlsxAnswer, XlsxTask } from './xlsx-protocol.ts'

const TIMEOUT_MS = 30_000
const MAX_HEAP_MB = 1_024

/**
 * Opens a workbook in a thread of its own, which ends with the last row. Rows that are not asked for any more end it
 * earlier.
 *
 * @throws RefusedError `invalid-input` for what is no workbook, or takes too long or too much memory to open
 */
export async function readXlsx(bytes: Buffer, limits: TableLimits, options: TableOptions): Promise<Table> {
  const task: XlsxTask = { bytes, sheet: options.sheet, limits }
  const worker = new Worker(new URL('./xlsx-reader.worker.ts', import.meta.url), {
    workerData: task,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  })
  const answers = answersOf(worker)
  const { value: first } = await answers.next()
  if (first?.kind !== 'opened') throw new TypeError('The worker did not say which sheets there are.')
  return { format: 'xlsx', sheets: first.sheets, sheet: first.sheet, rows: rowsOf(answers) }
}

async function* rowsOf(answers: AsyncGenerator<XlsxAnswer>): AsyncGenerator<TableRow> {
  for await (const answer of answers) if (answer.kind === 'rows') yield* answer.rows
}

/** What the worker says, up to its end; its failures are thrown, and it never outlives the reading. */
async function* answersOf(worker: Worker): AsyncGenerator<XlsxAnswer> {
  const timer = setTimeout(() => void worker.terminate(), TIMEOUT_MS)
  worker.once('exit', () => clearTimeout(timer))
  try {
    for await (const [answer] of on(worker, 'message', { close: ['exit'] })) {
      const said: XlsxAnswer = answer
      if (said.kind === 'end') return
      throwFailure(said)
      yield said
    }
    throw invalidInput('file', 'This workbook takes too long to read.')
  } catch (error) {
    throw explain(error)
  } finally {
    await worker.terminate()
  }
}

function throwFailure(answer: XlsxAnswer): void {
  if (answer.kind === 'refused') throw new RefusedError(answer.refusal)
  if (answer.kind === 'failed') throw Object.assign(new Error(answer.message), { stack: answer.stack })
}

function explain(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? invalidInput('file', 'This workbook needs too much memory.')
    : error
}
