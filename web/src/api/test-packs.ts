import type {
  WirePackImport,
  WirePackItem,
} from '../../../src/dialects/native/machine-qa/test-packs.schema.ts'
import { parseApiError } from './api-error.ts'
import { API_ROOT, request } from './client.ts'

export type PackImport = WirePackImport
export type PackItem = WirePackItem

export interface PackChoices {
  readonly file: string
  readonly conflicts: Readonly<Record<string, 'rename' | 'use-existing'>>
  readonly chosen?: PackImport['pack']['chosen']
}

export function previewPack(choices: PackChoices): Promise<PackImport> {
  return request<PackImport>('/machine-qa/test-packs/preview', { method: 'POST', body: choices })
}

export function importPack(choices: PackChoices): Promise<PackImport> {
  return request<PackImport>('/machine-qa/test-packs/import', { method: 'POST', body: choices })
}

export interface PackRequest {
  readonly name: string
  readonly description: string
  readonly testIds: readonly number[]
  readonly listIds: readonly number[]
  readonly cycleIds: readonly number[]
}

/** The file of a pack. @throws ApiError */
export async function exportPack(wanted: PackRequest): Promise<Blob> {
  const response = await fetch(`${API_ROOT}/machine-qa/test-packs/export`, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(wanted),
  })
  if (!response.ok) throw parseApiError(response.status, await response.json())
  return response.blob()
}
