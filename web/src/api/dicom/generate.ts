import { queryOptions } from '@tanstack/react-query'
import type { WireFieldCheck, WireFormFields } from '../../../../src/dialects/native/dicom/generate.schema.ts'
import { request, requestStream } from '../client.ts'

const BASE = '/dicom/generate'

/** Fields whose name, keyword or tag holds these words. */
export function fieldSearchQuery(words: string) {
  return queryOptions({
    queryKey: ['dicom', 'generate', 'search', words],
    queryFn: ({ signal }) =>
      request<WireFormFields>(`${BASE}/fields`, { query: { q: words, limit: 30 }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** What is known of these fields. */
export function formFieldsQuery(keywords: readonly string[]) {
  return queryOptions({
    queryKey: ['dicom', 'generate', 'fields', keywords],
    queryFn: ({ signal }) =>
      request<WireFormFields>(`${BASE}/fields`, { query: { keywords: keywords.join(',') }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export type FieldValues = Readonly<Record<string, readonly string[]>>

/** What the server would say of these values; it makes nothing. */
export function checkFields(fields: FieldValues, signal: AbortSignal): Promise<WireFieldCheck> {
  return request<WireFieldCheck>(`${BASE}/check`, { method: 'POST', body: { fields }, signal })
}

/** A DICOM file of pictures and fields. @throws ApiError with a problem for each bad field */
export async function generateFile(
  fileName: string,
  images: readonly File[],
  fields: FieldValues,
): Promise<Blob> {
  const form = new FormData()
  form.append('fileName', fileName)
  form.append('fields', JSON.stringify(fields))
  for (const image of images) form.append('image', image, image.name)
  const response = await requestStream(BASE, { method: 'POST', body: form })
  return response.blob()
}
