import { useEffect, useRef, useState } from 'react'
import type { WireDraft } from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import { ApiError } from '../../api/api-error.ts'
import { type DraftPlace, deleteDraft, saveDraft } from '../../api/machine-qa/performing.ts'
import { dropDraft, findDraft, keepDraft } from '../../ui/drafts.ts'

/** The server is told at most this often; this device at every change. */
const SERVER_EVERY_MS = 4000

export type TypedDraft = Omit<WireDraft, 'savedAt'>

export interface DraftState {
  /** When the server last kept it; undefined before. */
  readonly savedAt: string | undefined
  /** The server did not take the last one; this device has it. */
  readonly isOnlyHere: boolean
  /** After submitting or discarding: it has served its purpose. */
  readonly forget: () => Promise<void>
}

export function draftKey(place: DraftPlace): string {
  const session = place.sessionId ?? 'new'
  return `machine-qa.session.${place.assignmentId}.${place.testListId}.${place.day}.${session}`
}

/** The draft that is newest: of the server or of this device, which may have been offline. */
export function newestDraft(place: DraftPlace, ofServer: WireDraft | null): WireDraft | undefined {
  const here = findDraft<TypedDraft>(draftKey(place))
  if (here === undefined) return ofServer ?? undefined
  if (ofServer !== null && ofServer.savedAt >= here.savedAt) return ofServer
  return { ...here.values, savedAt: here.savedAt }
}

/** Keeps what is typed, on this device at once and on the server soon; so that leaving never loses input. */
export function useDraft(place: DraftPlace, draft: TypedDraft, isChanged: boolean): DraftState {
  const [savedAt, setSavedAt] = useState<string>()
  const [isOnlyHere, setOnlyHere] = useState(false)
  const lastSent = useRef(0)
  const isForgotten = useRef(false)
  const key = draftKey(place)
  const text = JSON.stringify(draft)
  const placeText = JSON.stringify(place)

  useEffect(() => {
    if (!isChanged || isForgotten.current) return
    const values = JSON.parse(text) as TypedDraft
    keepDraft(key, values)
    const send = async (): Promise<void> => {
      if (isForgotten.current) return
      lastSent.current = Date.now()
      try {
        const answer = await saveDraft(JSON.parse(placeText) as DraftPlace, values)
        setSavedAt(answer.savedAt)
        setOnlyHere(false)
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        setOnlyHere(true)
      }
    }
    const wait = Math.max(500, lastSent.current + SERVER_EVERY_MS - Date.now())
    const timer = setTimeout(() => void send(), wait)
    return () => clearTimeout(timer)
  }, [key, text, placeText, isChanged])

  const forget = async (): Promise<void> => {
    isForgotten.current = true
    dropDraft(key)
    try {
      await deleteDraft(place)
    } catch (error) {
      // A draft that stays is offered once more; that must not hide that the session was stored.
      if (!(error instanceof ApiError)) throw error
    }
  }
  return { savedAt, isOnlyHere, forget }
}
