import type { WireDeidentificationReport } from '../../../../src/dialects/native/dicom/studies.schema.ts'

/** The same change in several files. */
export interface ChangeSummary {
  readonly tag: string
  readonly path: string
  readonly action: string
  readonly files: number
}

/** Changes of all files, each kind once with the number of files it was made in, in the order of tags. */
export function summariseChanges(files: WireDeidentificationReport['files']): readonly ChangeSummary[] {
  const found = new Map<string, ChangeSummary>()
  for (const { changes } of files) {
    const ofFile = new Map(changes.map((change) => [`${change.tag} ${change.path} ${change.action}`, change]))
    for (const [key, { tag, path, action }] of ofFile) {
      found.set(key, { tag, path, action, files: (found.get(key)?.files ?? 0) + 1 })
    }
  }
  return [...found.values()].toSorted((a, b) => (a.tag < b.tag ? -1 : Number(a.tag > b.tag)))
}
