import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from '../../context.ts'
import { addDays, type CalendarDay } from '../../core/calendar.ts'
import type { DataSet } from '../../modules/dicom/domain/data-set.ts'
import { writeDicomFile } from '../../modules/dicom/domain/write-file.ts'
import { findImportGroup } from '../../modules/dicom/find-import-group.ts'
import { openImageFiles } from '../../modules/dicom/image-files.ts'
import { siteDay } from '../../modules/dicom/meter-use.ts'
import { storeInstance } from '../../modules/dicom/store-instance.ts'
import type { DemoPeople } from '../seed-accounts.ts'
import { crStudy, ctStudy, mrStudy, rtStudy } from './made-up-studies.ts'

const STUDIES: readonly { readonly daysAgo: number; readonly make: (day: string) => readonly DataSet[] }[] = [
  { daysAgo: 3, make: ctStudy },
  { daysAgo: 20, make: mrStudy },
  { daysAgo: 8, make: crStudy },
  { daysAgo: 1, make: rtStudy },
]

/** Studies of phantoms that somebody of the department sent; everybody of the group Imaging sees them. */
export async function seedStudies(tx: Context, people: DemoPeople, workFolder: string): Promise<void> {
  const ctx = { ...tx, actor: people.actor('imaging') }
  const group = await findImportGroup(tx)
  const images = openImageFiles({ folder: workFolder, largestUpload: 2 ** 24 })
  try {
    await images.withFolder(async (folder) => {
      const path = join(folder, 'instance')
      for (const { daysAgo, make } of STUDIES) {
        const day = addDays(siteDay(tx), -daysAgo)
        for (const dataSet of make(plainDay(day))) {
          await writeFile(path, writeDicomFile(dataSet))
          await storeInstance(ctx, images, { path, groupIds: [group.id] })
        }
      }
    })
  } finally {
    await images.close()
  }
}

function plainDay(day: CalendarDay): string {
  return day.replaceAll('-', '')
}
