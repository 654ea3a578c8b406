import { expect, it } from 'vitest'
import { summariseChanges } from './summarise-changes.ts'
import { countResults } from './use-uploads.ts'

it('names each change once, with the number of files it was made in', () => {
  const name = { tag: '(0010,0010)', path: 'PatientName', action: 'replaced' }
  const date = { tag: '(0008,0020)', path: 'StudyDate', action: 'emptied' }
  const changes = summariseChanges([
    { file: '1.dcm', changes: [name, date, name] },
    { file: '2.dcm', changes: [name] },
  ])
  expect(changes).toEqual([
    { ...date, files: 1 },
    { ...name, files: 2 },
  ])
})

it('counts what came of uploads; one that failed as a whole is refused', () => {
  const uids = { studyUid: '1', seriesUid: '2', instanceUid: '3', warnings: [] }
  const counts = countResults([
    {
      state: 'done',
      results: [
        { name: 'a', outcome: 'stored', ...uids },
        { name: 'b', outcome: 'duplicate', ...uids },
        { name: 'c', outcome: 'skipped', reason: 'no DICOM' },
      ],
    },
    { state: 'failed', results: [] },
  ])
  expect(counts).toEqual({ stored: 1, duplicates: 1, refused: 1, skipped: 1 })
})
