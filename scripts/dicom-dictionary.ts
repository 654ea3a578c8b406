/**
 * Writes the tables of PS3.6 as data: `node scripts/dicom-dictionary.ts`.
 *
 * Source: the dictionaries of pydicom (MIT), which are made from the published standard. Needs a `python3`
 * that can import pydicom; nothing of it is needed to run the server.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { nameOfKeyword } from '../src/modules/dicom/domain/keyword-name.ts'

type TagRow = readonly [vr: string, vm: string, name: string, retired: string, keyword: string]
type UidRow = readonly [name: string, type: string, info: string, retired: string, keyword: string]
type Dump = {
  readonly version: string
  readonly tags: readonly (readonly [number, TagRow])[]
  readonly masks: readonly (readonly [string, TagRow])[]
  readonly uids: readonly (readonly [string, UidRow])[]
}

const DUMP = `
import json, pydicom
from pydicom import _dicom_dict as d, _uid_dict as u
print(json.dumps({
  "version": pydicom.__version__,
  "tags": sorted(d.DicomDictionary.items()),
  "masks": sorted(d.RepeatersDictionary.items()),
  "uids": list(u.UID_dictionary.items()),
}))`

const DOMAIN = new URL('../src/modules/dicom/domain/', import.meta.url)

function readDump(): Dump {
  const json = execFileSync('python3', ['-c', DUMP], { encoding: 'utf8', maxBuffer: 1 << 26 })
  return JSON.parse(json) as Dump
}

function tagLine(tag: string, [vr, vm, name, retired, keyword]: TagRow): string {
  return [tag, vr, vm, keyword, name === nameOfKeyword(keyword) ? '' : name, retired ? 'r' : ''].join('|')
}

function literal(lines: readonly string[]): string {
  const text = lines.join('\n')
  if (/[`\\$]/.test(text)) throw new Error('A name needs escaping: extend the generator.')
  return `\`${text}\``
}

function writeTable(file: string, title: string, tables: Readonly<Record<string, readonly string[]>>): void {
  const body = Object.entries(tables).map(([name, lines]) => `export const ${name} = ${literal(lines)}\n`)
  writeFileSync(
    new URL(file, DOMAIN),
    `// ${title}\n// Written by scripts/dicom-dictionary.ts; do not edit.\n\n${body.join('\n')}`,
  )
}

const dump = readDump()
const named = dump.tags.filter(([, row]) => row[4] !== '')
writeTable(
  'dictionary.data.ts',
  'DICOM PS3.6 chapters 6 to 9 and PS3.7: tag|VR|VM|keyword|name if not its words|retired.',
  {
    TAG_TABLE: named.map(([tag, row]) => tagLine(tag.toString(16).padStart(8, '0'), row)),
    MASK_TABLE: dump.masks.filter(([, row]) => row[4] !== '').map(([mask, row]) => tagLine(mask, row)),
  },
)
writeTable('uid-names.data.ts', 'DICOM PS3.6 annex A: UID|type|name|retired.', {
  UID_TABLE: dump.uids.map(([uid, [name, type, , retired]]) =>
    [uid.replace(/^1\.2\.840\.10008\./, '~'), type, name, retired ? 'r' : ''].join('|'),
  ),
})
console.log(
  `${named.length} tags, ${dump.masks.length} masks, ${dump.uids.length} UIDs from pydicom ${dump.version}`,
)
