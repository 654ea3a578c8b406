import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { summarise } from './percentile.ts'
import type { Row } from './report.ts'
import { serveSite } from './served-site.ts'

const RUNS = 7
const SETTLING_MS = 4000

/** Start of `serve` on an existing data folder, to its first answer, and its memory when idle. */
export async function measureStart(): Promise<Row[]> {
  const data = await mkdtemp(join(tmpdir(), 'touchstone-start-'))
  const first = await serveSite(data)
  await first.stop()
  const starts: number[] = []
  let idleMib: number | undefined
  for (let run = 0; run < RUNS; run++) {
    const served = await serveSite(data)
    starts.push(served.startMs)
    if (run === RUNS - 1) {
      await new Promise((resolve) => setTimeout(resolve, SETTLING_MS))
      idleMib = served.residentMib()
    }
    await served.stop()
  }
  await rm(data, { recursive: true })
  const { median, max } = summarise(starts)
  return [
    {
      what: 'start of serve to first answer, SQLite',
      measured: `${median} ms median, ${max} ms slowest of ${RUNS}`,
      budget: '< 1000 ms',
    },
    {
      what: 'idle memory without Python',
      measured: idleMib === undefined ? 'not known here' : `${idleMib.toFixed(0)} MiB`,
      budget: '< 150 MiB',
    },
  ]
}
