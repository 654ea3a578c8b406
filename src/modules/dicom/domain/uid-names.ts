import { UID_TABLE } from './uid-names.data.ts'

export type UidName = {
  readonly uid: string
  readonly type: string
  readonly name: string
  readonly retired: boolean
}

/** Registered after the edition of the table. */
const NEWER: readonly UidName[] = [
  ['1.2.840.10008.1.2.4.110', 'JPEG XL Lossless'],
  ['1.2.840.10008.1.2.4.111', 'JPEG XL JPEG Recompression'],
  ['1.2.840.10008.1.2.4.112', 'JPEG XL'],
  ['1.2.840.10008.1.2.8.1', 'Deflated Image Frame Compression'],
].map(([uid = '', name = '']) => ({ uid, type: 'Transfer Syntax', name, retired: false }))

let names: ReadonlyMap<string, UidName> | undefined

function readTable(): ReadonlyMap<string, UidName> {
  return new Map([
    ...UID_TABLE.split('\n').map((line): readonly [string, UidName] => {
      const [short = '', type = '', name = '', retired = ''] = line.split('|')
      const uid = short.replace('~', '1.2.840.10008.')
      return [uid, { uid, type, name, retired: retired === 'r' }]
    }),
    ...NEWER.map((entry) => [entry.uid, entry] as const),
  ])
}

/** The registered name of a UID (PS3.6 annex A): transfer syntaxes, SOP classes, well-known instances. */
export function findUid(uid: string): UidName | undefined {
  names ??= readTable()
  return names.get(uid)
}
