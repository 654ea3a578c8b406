import type { Context } from '../../context.ts'
import type { Job } from '../jobs/job.ts'
import { sweepWorkFolders } from './image-files.ts'
import { findReferredContents } from './store/stored-instances.ts'

/** Which of the contents the image store still refers to: the sweep of orphans asks every module. */
export function findImagesInUse(ctx: Context, sha256: readonly string[]): Promise<ReadonlySet<string>> {
  return findReferredContents(ctx.db, sha256)
}

/** No upload and no export takes longer. */
const LONGEST_WORK_MS = 86_400_000

/** What keeps the folder of work on images small. */
export function imageJobs(folder: string): readonly Job[] {
  return [
    {
      kind: 'dicom.sweep-work',
      title: 'Remove what interrupted work on images left behind',
      schedule: { cron: '35 * * * *' },
      run: async (ctx) =>
        void (await sweepWorkFolders(folder, new Date(ctx.now().getTime() - LONGEST_WORK_MS))),
    },
  ]
}
