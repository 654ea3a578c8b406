import { queryOptions } from '@tanstack/react-query'
import type {
  WireDeidentification,
  WireDeidentificationOptions,
  WireDeidentificationReport,
  WireElements,
  WirePixels,
  WireStudyDetails,
  WireStudyList,
  WireUpload,
} from '../../../../src/dialects/native/dicom/studies.schema.ts'
import { ApiError, parseApiError } from '../api-error.ts'
import { API_ROOT, type Query, request, requestStream } from '../client.ts'
import { readZipText } from './zip-entry.ts'

const STUDIES = '/dicom/studies'

/** Conditions of the list's filters under the names that the server has for them. */
const NAMES: Readonly<Record<string, string>> = {
  'patientName:icontains': 'patientName',
  'patientId:icontains': 'patientId',
  'description:icontains': 'description',
  'accession:icontains': 'accession',
  'studyDate:gte': 'dateFrom',
  'studyDate:lte': 'dateTo',
  'modality:in': 'modality',
}

export function readStudies(query: Query, signal: AbortSignal): Promise<WireStudyList> {
  const named = Object.entries(query).map(([name, value]) => [NAMES[name] ?? name, value] as const)
  return request<WireStudyList>(STUDIES, { query: Object.fromEntries(named), signal })
}

export function studyQuery(studyUid: string, isInBin: boolean) {
  return queryOptions({
    queryKey: ['dicom', 'study', studyUid, isInBin],
    queryFn: ({ signal }) =>
      request<WireStudyDetails>(`${STUDIES}/${studyUid}`, { query: isInBin ? { bin: true } : {}, signal }),
  })
}

export function deleteStudy(studyUid: string, reason: string): Promise<void> {
  return request<void>(`${STUDIES}/${studyUid}`, { method: 'DELETE', body: { reason } })
}

export function restoreStudy(studyUid: string): Promise<WireStudyDetails> {
  return request<WireStudyDetails>(`${STUDIES}/${studyUid}/restore`, { method: 'POST' })
}

/** Address of a study, or of one of its series, as a ZIP of DICOM files. */
export function archiveAddress(studyUid: string, seriesUid?: string): string {
  return `${API_ROOT}${STUDIES}/${studyUid}/archive${seriesUid === undefined ? '' : `?series=${seriesUid}`}`
}

/** Address of one instance as it is stored. */
export function fileAddress(instanceUid: string): string {
  return `${API_ROOT}/dicom/instances/${instanceUid}/file`
}

/** Address of a picture of a frame, counted from 1. @param size longest side in pixels; as stored when absent */
export function pictureAddress(instanceUid: string, frame: number, size?: number): string {
  const address = `${API_ROOT}/dicom/instances/${instanceUid}/frames/${frame}/rendered`
  return size === undefined ? address : `${address}?format=jpeg&size=${size}`
}

export function readPixels(instanceUid: string): Promise<WirePixels> {
  return request<WirePixels>(`/dicom/instances/${instanceUid}/pixels`)
}

/** The stored samples of a frame, counted from 1. */
export async function readSamples(instanceUid: string, frame: number): Promise<ArrayBuffer> {
  const response = await requestStream(`/dicom/instances/${instanceUid}/frames/${frame}/pixels`)
  return response.arrayBuffer()
}

const MOST_ELEMENTS = 10_000

export function elementsQuery(instanceUid: string) {
  return queryOptions({
    queryKey: ['dicom', 'elements', instanceUid],
    queryFn: ({ signal }) =>
      request<WireElements>(`/dicom/instances/${instanceUid}/elements`, {
        query: { limit: MOST_ELEMENTS },
        signal,
      }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export const deidentificationQuery = queryOptions({
  queryKey: ['dicom', 'deidentification-options'],
  queryFn: ({ signal }) =>
    request<WireDeidentificationOptions>('/dicom/deidentification-options', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

export interface Deidentified {
  readonly archive: Blob
  readonly report: WireDeidentificationReport | undefined
}

/** @throws ApiError with a problem of `pixels` where pictures may show who the patient is */
export async function deidentify(studyUid: string, wish: WireDeidentification): Promise<Deidentified> {
  const response = await requestStream(`${STUDIES}/${studyUid}/deidentified`, { method: 'POST', body: wish })
  const archive = await response.blob()
  const report = await readZipText(archive, 'report.json')
  return {
    archive,
    report: report === undefined ? undefined : (JSON.parse(report) as WireDeidentificationReport),
  }
}

/**
 * Stores a file or archive. Unlike other requests this one tells how much of it has been sent.
 *
 * @param onProgress between 0 and 1
 * @throws ApiError
 */
export function uploadFile(
  file: File,
  onProgress: (sent: number) => void,
  signal: AbortSignal,
): Promise<WireUpload> {
  const form = new FormData()
  form.append('file', file, file.name)
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest()
    call.open('POST', `${API_ROOT}${STUDIES}`)
    call.responseType = 'json'
    call.setRequestHeader('Accept', 'application/json')
    call.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    call.onload = () => {
      if (call.status >= 200 && call.status < 300) resolve(call.response as WireUpload)
      else reject(parseApiError(call.status, call.response))
    }
    const unreachable = { kind: 'unreachable', status: 0, message: 'No answer from the server.' }
    call.onerror = () => reject(new ApiError(unreachable))
    call.onabort = () => reject(new ApiError({ ...unreachable, message: 'The upload was stopped.' }))
    signal.addEventListener('abort', () => call.abort())
    call.send(form)
  })
}
