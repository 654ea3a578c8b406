import { type Context, requirePermission } from '../../context.ts'
import { localTimeAt } from '../../core/calendar.ts'
import { findKeyword, listEntries } from './domain/dictionary.ts'
import { DICOM_ACCESS } from './permissions.ts'
import type { GenerateTask, ReadTask } from './threads/file-task.ts'
import type { FileThreads } from './threads/file-threads.ts'

/** Those of the given names that are no keywords of the dictionary, sorted. */
export function unknownKeywords(names: readonly string[]): readonly string[] {
  return [...new Set(names)].filter((name) => findKeyword(name) === undefined).sort()
}

/** Every keyword of the dictionary in tag order. */
export function listKeywords(): readonly string[] {
  return listEntries().map(({ keyword }) => keyword)
}

/**
 * The JSON answer for an uploaded file, in parts. Nothing of the file is kept.
 *
 * @throws RefusedError `invalid-input` for `file` before the first part
 */
export function readUploadedFile(
  ctx: Context,
  threads: FileThreads,
  task: Omit<ReadTask, 'kind'>,
): AsyncGenerator<Uint8Array, void, undefined> {
  requirePermission(ctx, DICOM_ACCESS)
  return threads.run({ kind: 'read', ...task })
}

/**
 * A DICOM file of uploaded pictures and the fields of a form, in parts. Nothing of it is kept.
 *
 * @throws RefusedError `invalid-input` with the first bad field before the first part
 */
export function generateDicomFile(
  ctx: Context,
  threads: FileThreads,
  given: Pick<GenerateTask, 'images' | 'fields'>,
): AsyncGenerator<Uint8Array, void, undefined> {
  requirePermission(ctx, DICOM_ACCESS)
  return threads.run({ kind: 'generate', ...given, now: localNow(ctx) })
}

/** Date and time of the site as DA and TM. */
function localNow(ctx: Context): GenerateTask['now'] {
  const { year, month, day, hour, minute, second, millisecond } = localTimeAt(ctx.now(), ctx.zone)
  const digits = (value: number, width: number) => String(value).padStart(width, '0')
  return {
    date: `${digits(year, 4)}${digits(month, 2)}${digits(day, 2)}`,
    time: `${digits(hour, 2)}${digits(minute, 2)}${digits(second, 2)}.${digits(millisecond, 3)}000`,
  }
}
