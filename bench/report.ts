import { writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'

/** One line of the results. */
export type Row = { readonly what: string; readonly measured: string; readonly budget: string }

export function printRows(rows: readonly Row[]): void {
  for (const { what, measured, budget } of rows)
    console.log(`${what.padEnd(72)} ${measured.padEnd(44)} ${budget}`)
}

/** Writes the results with what they were measured on. */
export function saveRows(file: string, rows: readonly Row[]): void {
  const [cpu] = cpus()
  const machine = `${cpus().length} × ${cpu?.model ?? 'unknown processor'}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${process.platform}, Node ${process.version}`
  const lines = rows.map(({ what, measured, budget }) => `| ${what} | ${measured} | ${budget} |`)
  writeFileSync(
    file,
    [
      `# Measurements`,
      '',
      `\`npm run bench -- --save\` on ${new Date().toISOString().slice(0, 10)}: ${machine}.`,
      '',
      '| what | measured | budget |',
      '|---|---|---|',
      ...lines,
      '',
    ].join('\n'),
  )
}
