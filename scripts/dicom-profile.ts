/**
 * Writes the attribute confidentiality profiles of PS3.15 table E.1-1 as data:
 * `node scripts/dicom-profile.ts TABLE.tsv`.
 *
 * The table is a tab-separated copy of the standard's, one attribute a line, with the columns named below.
 */
import { readFileSync, writeFileSync } from 'node:fs'

/** Column of the table → letter in the data. */
const OPTION_COLUMNS: Readonly<Record<string, string>> = {
  cleanDescOpt: 'd',
  cleanStructContOpt: 's',
  cleanGraphOpt: 'g',
  rtnLongFullDatesOpt: 'f',
  rtnLongModifDatesOpt: 'm',
  rtnUIDsOpt: 'u',
  rtnPatCharsOpt: 'p',
  rtnDevIdOpt: 'v',
  rtnInstIdOpt: 'i',
}

const [, , path] = process.argv
if (!path) throw new Error('Usage: node scripts/dicom-profile.ts TABLE.tsv')
const [head = '', ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n')
const columns = head.split('\t')

const rows = lines.flatMap((line) => {
  const cells = line.split('\t')
  const row = Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']))
  const tag = (row.tag ?? '').replace(/[(),]/g, '').toLowerCase()
  // Curves, overlays and private groups are patterns: the code has them.
  if (!/^[0-9a-f]{8}$/.test(tag)) return []
  const options = Object.entries(OPTION_COLUMNS).flatMap(([column, letter]) =>
    row[column] ? [`${letter}${row[column]}`] : [],
  )
  return [`${tag}|${row.basicProfile}|${options.join('')}`]
})

writeFileSync(
  new URL('../src/modules/dicom/domain/confidentiality-profile.data.ts', import.meta.url),
  `// DICOM PS3.15 table E.1-1: tag|action of the Basic Profile|actions of options, each a letter and K or C.
// Options: d descriptors, s structured content, g graphics, f full dates, m modified dates, u UIDs,
// p patient characteristics, v devices, i institutions.
// Written by scripts/dicom-profile.ts; do not edit.

export const PROFILE_TABLE = \`${rows.join('\n')}\`
`,
)
console.log(`${rows.length} attributes`)
