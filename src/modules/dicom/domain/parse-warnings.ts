import { formatTag, type Tag } from './tag.ts'

/** Something in the file that breaks the standard and was read all the same. */
export type ParseWarning = { readonly tag: Tag | undefined; readonly problem: string }

export type WarningLog = { readonly list: ParseWarning[]; truncated: boolean }

/** Warnings beyond this are dropped: a broken file repeats itself. */
const MOST_WARNINGS = 100

export function openWarningLog(): WarningLog {
  return { list: [], truncated: false }
}

export function warn(log: WarningLog, problem: string, tag?: Tag): void {
  if (log.list.length < MOST_WARNINGS) log.list.push({ tag, problem })
}

/** Records that a value or item ends after the bytes that hold it. */
export function warnTruncated(log: WarningLog, tag: Tag): void {
  log.truncated = true
  warn(log, 'is longer than the bytes that are left', tag)
}

/** The warning as one sentence for people. */
export function describeWarning({ tag, problem }: ParseWarning): string {
  return tag === undefined ? problem : `${formatTag(tag)} ${problem}`
}
