import type { CalendarDay } from '../../../core/calendar.ts'
import { slugify } from './slug.ts'

/** What a file can be attached to, as it stands in the file's address. */
export type AttachmentOwnerKind =
  | 'test'
  | 'testlist'
  | 'testlistcycle'
  | 'testinstance'
  | 'testlistinstance'
  | 'serviceevent'
  | 'part'
  | 'fault'
  | 'unit'

const LONGEST_STEM = 120
const LONGEST_EXTENSION = 16
const LONGEST_NAME = 200
const INLINE_IMAGES: ReadonlySet<string> = new Set(['jpg', 'jpeg', 'png', 'svg', 'bmp', 'gif'])

/**
 * The name a file is stored under: `slug_2019-07-25_a1b2c3.ext`. Nothing of the sent name can lead out of its folder.
 *
 * @param suffix six random hexadecimal digits
 */
export function storedName(name: string, day: CalendarDay, suffix: string): string {
  const { stem, extension } = splitName(withoutFolders(name))
  const slug = slugify(stem).slice(0, LONGEST_STEM)
  const safe = extension.replace(/[^A-Za-z0-9]/g, '').slice(0, LONGEST_EXTENSION)
  return `${slug}_${day}_${suffix}${safe === '' ? '' : `.${safe}`}`
}

/** Where a file of an owner is stored, below the folder of media. */
export function attachmentPath(kind: AttachmentOwnerKind, ownerId: number, stored: string): string {
  return `uploads/${kind}/${ownerId}/${stored}`
}

/** Where a file waits for its owner. */
export function temporaryAttachmentPath(stored: string): string {
  return `uploads/tmp/${stored}`
}

/** A sent name made fit to show and to offer for saving: without folders, control characters and reserved marks. */
export function safeFileName(name: string): string {
  const clean = withoutFolders(name)
    // Control characters, marks that some file systems reserve, and marks that turn the direction of writing.
    .replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '')
    .trim()
    .replace(/^\.+|[. ]+$/g, '')
  const { stem, extension } = splitName(clean)
  const end = extension === '' ? '' : `.${extension.slice(0, LONGEST_EXTENSION)}`
  const short = [...stem].slice(0, LONGEST_NAME).join('')
  return short + end || 'file'
}

/** Whether a file is shown as a picture where its test asks for that. */
export function isInlineImage(name: string): boolean {
  return INLINE_IMAGES.has(splitName(name).extension.toLowerCase())
}

function withoutFolders(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
}

function splitName(name: string): { readonly stem: string; readonly extension: string } {
  const dot = name.lastIndexOf('.')
  return dot < 0
    ? { stem: name, extension: '' }
    : { stem: name.slice(0, dot), extension: name.slice(dot + 1) }
}
