import { useState } from 'react'
import { dropDraft, findDraft, keepDraft } from './drafts.ts'

export interface KeptState<Value> {
  readonly value: Value
  readonly setValue: (value: Value) => void
  /** Version of the record that the value was made from: of the draft, where one was found. */
  readonly version: number
  readonly isChanged: boolean
  /** When what was found here was kept; undefined without a draft. */
  readonly restoredAt: string | undefined
  /** Back to what is stored. */
  readonly discard: () => void
  /** It was stored: nothing is to be found here again. */
  readonly forget: () => void
}

/**
 * What somebody arranges, kept on this device so that leaving or reloading loses nothing. A draft begun with an older
 * version keeps that version: saving it is then refused as a conflict instead of undoing what others did.
 *
 * @param key names the record; @param stored what the server holds, in its `version`
 */
export function useKeptState<Value>(key: string, stored: Value, version: number): KeptState<Value> {
  const [base] = useState(stored)
  const [draft] = useState(() => findDraft<Value>(key))
  const [value, set] = useState<Value>(draft?.values ?? base)
  const [restoredAt, setRestoredAt] = useState(draft?.savedAt)
  const [fromVersion, setFromVersion] = useState(draft?.version ?? version)
  return {
    value,
    setValue: (next) => {
      set(next)
      keepDraft(key, next, fromVersion)
    },
    version: fromVersion,
    isChanged: value !== base,
    restoredAt,
    discard: () => {
      dropDraft(key)
      set(base)
      setRestoredAt(undefined)
      setFromVersion(version)
    },
    forget: () => dropDraft(key),
  }
}
