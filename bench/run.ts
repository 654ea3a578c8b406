import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startTestPostgres } from '../src/platform/database/test-postgres.ts'
import { measureLims } from './lims.ts'
import { measureOneRecord } from './one-record.ts'
import { measureQaScale } from './qa-scale.ts'
import { measureQuality } from './quality.ts'
import { printRows, type Row, saveRows } from './report.ts'
import { measureResultLists } from './result-lists.ts'
import { measureStart } from './start.ts'
import { measureSubmissions } from './submissions.ts'

const MEASUREMENTS: Readonly<Record<string, () => Promise<Row[]>>> = {
  start: measureStart,
  record: measureOneRecord,
  submit: measureSubmissions,
  'lists-sqlite': () => measureResultLists('sqlite'),
  'lists-postgres': onPostgres(() => measureResultLists('postgres')),
  'quality-sqlite': () => measureQuality('sqlite'),
  'quality-postgres': onPostgres(() => measureQuality('postgres')),
  'lims-sqlite': () => measureLims('sqlite'),
  'lims-postgres': onPostgres(() => measureLims('postgres')),
  'qa-sqlite': () => measureQaScale('sqlite'),
  'qa-postgres': onPostgres(() => measureQaScale('postgres')),
}

/** Names one or more measurements, or takes all; `--save` writes bench/results.md. */
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const rows: Row[] = []
for (const name of wanted.length > 0 ? wanted : Object.keys(MEASUREMENTS)) {
  const measure = MEASUREMENTS[name]
  if (!measure)
    throw new Error(`there is no measurement ${name}; there are ${Object.keys(MEASUREMENTS).join(', ')}`)
  const measured = await measure()
  printRows(measured)
  rows.push(...measured)
}
if (process.argv.includes('--save')) saveRows('bench/results.md', rows)

function onPostgres(measure: () => Promise<Row[]>): () => Promise<Row[]> {
  return async () => {
    const folder = await mkdtemp(join(tmpdir(), 'touchstone-bench-postgres-'))
    // PostgreSQL runs as another user where we are root
    await chmod(folder, 0o755)
    const server = await startTestPostgres(folder)
    process.env.TOUCHSTONE_BENCH_POSTGRES = server.url
    try {
      return await measure()
    } finally {
      await server.stop()
    }
  }
}
