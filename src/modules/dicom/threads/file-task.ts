import type { Refusal } from '../../../core/refusal.ts'
import type { CodecJob, CodecResult } from '../codecs/codec-job.ts'
import type { FormValue } from '../domain/parse-form-field.ts'
import type { StoredFileTask } from './stored-file-task.ts'
import type { ViewLimits } from './view-parts.ts'

/** A file to be turned into the answer of the DICOM API. */
export type ReadTask = {
  readonly kind: 'read'
  /** Where the file lies; an archive is unpacked beside it. */
  readonly path: string
  readonly name: string
  /** Keywords in the order asked; everything that has a value if absent. */
  readonly fields: readonly string[] | undefined
  readonly format: 'png' | 'jpeg' | 'gif'
  /** `stored` gives 16-bit PNG of the samples as they are. */
  readonly values: 'display' | 'stored'
  readonly images: 'all' | 'none'
  /** Counted from 1; all frames if absent. */
  readonly frames: readonly number[] | undefined
  /** Keywords that are left out. */
  readonly omit: ReadonlySet<string>
}

/** A picture and a form to be turned into a DICOM file. */
export type GenerateTask = {
  readonly kind: 'generate'
  readonly images: readonly Uint8Array[]
  readonly fields: ReadonlyMap<string, readonly FormValue[]>
  /** Local time of the instance. */
  readonly now: { readonly date: string; readonly time: string }
}

/** A file to be taken apart for a page that shows it. */
export type ViewTask = {
  readonly kind: 'view'
  readonly path: string
  readonly name: string
  readonly limits?: ViewLimits
}

export type FileTask = ReadTask | GenerateTask | ViewTask | StoredFileTask

/** From the server to a thread. */
export type ToThread =
  | { readonly kind: 'task'; readonly task: FileTask }
  /** the last part was taken */
  | { readonly kind: 'more' }
  | { readonly kind: 'job-done'; readonly id: number; readonly result: CodecResult }
  | { readonly kind: 'job-refused'; readonly id: number; readonly refusal: Refusal }

/** From a thread to the server. */
export type FromThread =
  | { readonly kind: 'part'; readonly bytes: Uint8Array }
  | { readonly kind: 'end' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** work for the codecs, which have threads of their own */
  | { readonly kind: 'job'; readonly id: number; readonly job: CodecJob }

export type FileWorkerData = { readonly width: number }
