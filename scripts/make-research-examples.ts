/**
 * Writes the sample files of the research data API:
 *
 *   node scripts/make-research-examples.ts
 */
import { writeFile } from 'node:fs/promises'
import { writeZip, type ZipPart } from '../src/platform/spreadsheets/zip-writer.ts'

const FOLDER = new URL('../examples/', import.meta.url)

const INFO = {
  name: 'mock battery',
  composition: 'NMC111',
  manufacturer: 'car manufacturer',
  produced: '',
  comment: 'here be dragons',
}

const SIEVE_ANALYSIS = [
  'size_um,mass_g,share_percent',
  ...[63, 125, 250, 500, 1000, 2000].map((size, index) => {
    const mass = [1.8, 4.6, 9.7, 14.2, 11.1, 8.6][index] ?? 0
    return `${size},${mass},${mass * 2}`
  }),
].join('\n')

await writeFile(new URL('sample_info.json', FOLDER), `${JSON.stringify(INFO, null, 2)}\n`)
await write('sample.zip', [
  { name: 'notes.txt', content: 'Photographs and notes about the sample would stand here.\n' },
  { name: 'discharge.csv', content: 'time_s,voltage_V\n0,3.9\n600,3.4\n1200,2.8\n1800,2.1\n' },
])
await write('experiment.zip', [{ name: 'sieve_analysis.csv', content: `${SIEVE_ANALYSIS}\n` }])

async function write(name: string, parts: readonly ZipPart[]): Promise<void> {
  const pieces: Buffer[] = []
  for await (const piece of writeZip(parts)) pieces.push(piece)
  await writeFile(new URL(name, FOLDER), Buffer.concat(pieces))
}
