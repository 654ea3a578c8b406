import { UID_TABLE } from './uid-names.data.ts'

export type UidName = {
  readonly uid: string
  readonly type: string
  readonly name: string
  readonly retired: boolean
}

let names: ReadonlyMap<string, UidName> | undefined

function readTable(): ReadonlyMap<string, UidName> {
  return new Map(
    UID_TABLE.split('\n').map((line) => {
      const [short = '', type = '', name = '', retired = ''] = line.split('|')
      const uid = short.replace('~', '1.2.840.10008.')
      return [uid, { uid, type, name, retired: retired === 'r' }]
    }),
  )
}

/** The registered name of a UID (PS3.6 annex A): transfer syntaxes, SOP classes, well-known instances. */
export function findUid(uid: string): UidName | undefined {
  names ??= readTable()
  return names.get(uid)
}
