import { createContext, use } from 'react'

export interface ReferenceOption {
  readonly id: number
  readonly label: string
}

/** Where choices of references come from; the shell provides it, so that components know no addresses. */
export interface ReferenceSource {
  /** The first choices whose title contains `text`; all for an empty text. */
  readonly search: (target: string, text: string, signal: AbortSignal) => Promise<readonly ReferenceOption[]>
  /** Titles of rows known by id. */
  readonly byIds: (
    target: string,
    ids: readonly number[],
    signal: AbortSignal,
  ) => Promise<readonly ReferenceOption[]>
  /** Page of a row, where the reader may see it. */
  readonly pathOf: (target: string, id: number) => string | undefined
}

const NOTHING: ReferenceSource = {
  search: () => Promise.resolve([]),
  byIds: () => Promise.resolve([]),
  pathOf: () => undefined,
}

export const ReferenceContext = createContext<ReferenceSource>(NOTHING)

export function useReferenceSource(): ReferenceSource {
  return use(ReferenceContext)
}
