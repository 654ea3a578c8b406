import { queryOptions } from '@tanstack/react-query'
import type {
  WireAttachment,
  WireDraft,
  WireEvaluated,
  WireEvaluation,
  WirePerformingForm,
  WireSubmission,
  WireUpload,
} from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import { request } from '../client.ts'

/** What is performed: an assignment on a day of its cycle (from 0), or a session again. */
export type Performed =
  | { readonly assignment: string; readonly day?: number | undefined }
  | { readonly session: string }

export function performingFormQuery(performed: Performed) {
  return queryOptions({
    queryKey: ['machine-qa', 'performing-form', performed],
    queryFn: ({ signal }) =>
      request<WirePerformingForm>('/machine-qa/performing-form', { query: performed, signal }),
    // Somebody types into it: it is read once, and anew when the page is opened again.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
}

/** Calculates composites from what has been typed so far. */
export function evaluate(body: WireEvaluation, signal: AbortSignal): Promise<WireEvaluated> {
  return request<WireEvaluated>('/machine-qa/evaluate', { method: 'POST', body, signal })
}

/** Sends a file of an upload test, or has the one sent before analysed again. */
export function analyseUpload(
  facts: WireEvaluation,
  testId: number,
  file: File | { readonly attachmentId: number },
): Promise<WireUpload> {
  const form = new FormData()
  const isFile = file instanceof File
  form.append(
    'facts',
    JSON.stringify({ ...facts, testId, ...(isFile ? {} : { attachmentId: file.attachmentId }) }),
  )
  if (isFile) form.append('file', file, file.name)
  return request<WireUpload>('/machine-qa/uploads', { method: 'POST', body: form })
}

export function submitSession(body: WireSubmission): Promise<{ readonly id: number }> {
  return request('/machine-qa/sessions', { method: 'POST', body })
}

export function changeSession(
  id: number,
  body: Omit<WireSubmission, 'assignmentId' | 'day'>,
): Promise<{ readonly id: number }> {
  return request(`/machine-qa/sessions/${id}`, { method: 'PATCH', body })
}

export function addSessionFiles(
  id: number,
  files: readonly File[],
): Promise<{ readonly items: readonly WireAttachment[] }> {
  const form = new FormData()
  for (const file of files) form.append('file', file, file.name)
  return request(`/machine-qa/sessions/${id}/attachments`, { method: 'POST', body: form })
}

/** Where a draft belongs. */
export interface DraftPlace {
  readonly assignmentId: number
  readonly testListId: number
  readonly day: number
  readonly sessionId?: number
}

export function saveDraft(
  place: DraftPlace,
  draft: Omit<WireDraft, 'savedAt'>,
): Promise<{ readonly savedAt: string }> {
  return request('/machine-qa/drafts', { method: 'PUT', body: { ...place, ...draft } })
}

export function deleteDraft(place: DraftPlace): Promise<void> {
  return request<void>('/machine-qa/drafts', { method: 'DELETE', body: place })
}
