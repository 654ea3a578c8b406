import { queryOptions } from '@tanstack/react-query'
import type { FilePreview, WireFile } from '../../../../src/dialects/native/research/research.schema.ts'
import { request } from '../client.ts'

/** What a file hangs on. */
export type FileOwner = { readonly of: 'samples' | 'experiments'; readonly id: number }

export async function attachFile({ of, id }: FileOwner, file: File): Promise<readonly WireFile[]> {
  const body = new FormData()
  body.append('file', file, file.name)
  const path = `/research/${of}/${id}/files`
  return (await request<{ readonly items: readonly WireFile[] }>(path, { method: 'POST', body })).items
}

export function previewQuery(id: number) {
  return queryOptions({
    queryKey: ['research', 'file', id, 'preview'],
    queryFn: ({ signal }) => request<FilePreview>(`/research/files/${id}/preview`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** `check` tries every row and stores nothing, `store` stores when all are in order. */
export type ImportMode = 'check' | 'store'
