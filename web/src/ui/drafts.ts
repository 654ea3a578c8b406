/** Something typed and not yet sent, kept on this device. */
export interface Draft<Values> {
  readonly values: Values
  /** Version of the record it was started from; absent for a new one. */
  readonly version?: number
  /** Instant of the last change, ISO 8601. */
  readonly savedAt: string
}

const PREFIX = 'touchstone.draft.'
const KEEP_DAYS = 30

/** The draft under a key, or undefined when there is none or it cannot be read. */
export function findDraft<Values>(key: string): Draft<Values> | undefined {
  try {
    const text = localStorage.getItem(PREFIX + key)
    if (text === null) return undefined
    const draft: unknown = JSON.parse(text)
    // Only this application writes under the prefix; another release may have written another shape.
    return isDraft<Values>(draft) ? draft : undefined
  } catch {
    return undefined // storage switched off, or damaged text: there is nothing to go back to
  }
}

function isDraft<Values>(value: unknown): value is Draft<Values> {
  return typeof value === 'object' && value !== null && 'values' in value && 'savedAt' in value
}

/** Keeps a draft. False when the device has no room or no storage, so that the page can say so. */
export function keepDraft<Values>(key: string, values: Values, version?: number): boolean {
  const draft: Draft<Values> = {
    values,
    savedAt: new Date().toISOString(),
    ...(version === undefined ? {} : { version }),
  }
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(draft))
    return true
  } catch {
    return false
  }
}

export function dropDraft(key: string): void {
  try {
    localStorage.removeItem(PREFIX + key)
  } catch {
    // Storage is switched off: nothing was kept.
  }
}

/** Forgets drafts nobody came back to. Called once when the application starts. */
export function dropOldDrafts(now: Date): void {
  try {
    const old = Object.keys(localStorage).filter((key) => {
      if (!key.startsWith(PREFIX)) return false
      const draft = findDraft<unknown>(key.slice(PREFIX.length))
      return draft === undefined || now.getTime() - Date.parse(draft.savedAt) > KEEP_DAYS * 86_400_000
    })
    for (const key of old) localStorage.removeItem(key)
  } catch {
    // Storage is switched off: there are no drafts.
  }
}
