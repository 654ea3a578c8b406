import { queryOptions } from '@tanstack/react-query'
import { request } from './client.ts'

/** A list with its filters, order and columns under a name. */
export interface SavedView {
  readonly id: number
  readonly list: string
  readonly name: string
  /** Query of the address bar, without `?`. */
  readonly query: string
  /** Whether everybody who may see the list has it as a tab. */
  readonly shared: boolean
  /** Whether the signed-in user made it; only then it can be changed. */
  readonly isOwn: boolean
}

export type NewSavedView = Pick<SavedView, 'list' | 'name' | 'query' | 'shared'>

export function savedViewsQuery(list: string) {
  return queryOptions({
    queryKey: ['saved-views', list],
    queryFn: ({ signal }) =>
      request<{ readonly items: readonly SavedView[] }>('/saved-views', { query: { list }, signal }),
    staleTime: 60_000,
  })
}

export function addSavedView(view: NewSavedView): Promise<SavedView> {
  return request<SavedView>('/saved-views', { method: 'POST', body: view })
}

export function changeSavedView(
  id: number,
  changes: Partial<Omit<NewSavedView, 'list'>>,
): Promise<SavedView> {
  return request<SavedView>(`/saved-views/${id}`, { method: 'PATCH', body: changes })
}

export function removeSavedView(id: number): Promise<void> {
  return request<void>(`/saved-views/${id}`, { method: 'DELETE' })
}
