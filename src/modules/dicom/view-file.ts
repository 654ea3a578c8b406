import { type Context, requirePermission } from '../../context.ts'
import { DICOM_ACCESS } from './permissions.ts'
import type { ViewTask } from './threads/file-task.ts'
import type { FileThreads } from './threads/file-threads.ts'

/**
 * What a page shows of an uploaded file or archive, as the framed parts of `view-parts.ts`. Nothing of it is kept.
 *
 * @throws RefusedError `invalid-input` for `file` before the first part
 */
export function viewUploadedFile(
  ctx: Context,
  threads: FileThreads,
  task: Omit<ViewTask, 'kind'>,
): AsyncGenerator<Uint8Array, void, undefined> {
  requirePermission(ctx, DICOM_ACCESS)
  return threads.run({ kind: 'view', ...task })
}
