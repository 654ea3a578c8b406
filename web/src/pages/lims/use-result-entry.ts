import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { WireAnalysis, WireResultEntry } from '../../../../src/dialects/native/lims/samples.schema.ts'
import { ApiError } from '../../api/api-error.ts'
import { enterResults } from '../../api/lims/samples.ts'
import { toastError } from '../../ui/toasts.ts'

/** What was typed and is not stored yet. */
export interface EntryDraft {
  readonly result?: string
  readonly interims?: Readonly<Record<string, string>>
}

export interface ResultEntryState {
  readonly draftOf: (id: number) => EntryDraft | undefined
  readonly problemOf: (id: number) => string | undefined
  readonly edit: (id: number, change: EntryDraft) => void
  /** Stores what was typed for these analyses, after whatever is being stored. True when all is stored. */
  readonly store: (ids: readonly number[]) => Promise<boolean>
  readonly storeAll: () => Promise<boolean>
}

/** The result as it is edited: `<0.5` where a detection limit stands for the value. */
export function editedText(analysis: Pick<WireAnalysis, 'operand' | 'result'>): string {
  return `${analysis.operand ?? ''}${analysis.result}`
}

/** Results that are typed into a grid and stored cell by cell, in the order of typing. */
export function useResultEntry(analyses: readonly WireAnalysis[]): ResultEntryState {
  const client = useQueryClient()
  const latest = useRef(new Map<number, WireAnalysis>())
  const typed = useRef(new Map<number, EntryDraft>())
  const queue = useRef<Promise<boolean>>(Promise.resolve(true))
  const [drafts, setDrafts] = useState<ReadonlyMap<number, EntryDraft>>(new Map())
  const [problems, setProblems] = useState<ReadonlyMap<number, string>>(new Map())

  useEffect(() => remember(latest.current, analyses), [analyses])

  const show = (): void => setDrafts(new Map(typed.current))
  const settle = (sent: ReadonlyMap<number, EntryDraft>): void => {
    // what was typed on meanwhile stays
    for (const [id, draft] of sent) if (typed.current.get(id) === draft) typed.current.delete(id)
    show()
  }
  const send = async (ids: readonly number[]): Promise<boolean> => {
    const sent = new Map<number, EntryDraft>()
    const entries: WireResultEntry[] = []
    for (const id of ids) {
      const draft = typed.current.get(id)
      const analysis = latest.current.get(id)
      if (draft === undefined || analysis === undefined) continue
      sent.set(id, draft)
      const entry = changedEntry(analysis, draft)
      if (entry !== undefined) entries.push(entry)
    }
    if (entries.length > 0) {
      try {
        const answer = await enterResults(entries)
        remember(latest.current, answer.analyses)
        setProblems((before) => without(before, [...sent.keys()]))
        await client.invalidateQueries({ queryKey: ['lims'] })
      } catch (error) {
        setProblems((before) => new Map([...before, ...problemsOf(error, entries)]))
        toastError('The results were not stored', error)
        return false
      }
    }
    settle(sent)
    return true
  }
  const store = (ids: readonly number[]): Promise<boolean> => {
    const next = queue.current.then(() => send(ids))
    queue.current = next
    return next
  }
  return {
    draftOf: (id) => drafts.get(id),
    problemOf: (id) => problems.get(id),
    edit: (id, change) => {
      typed.current.set(id, { ...typed.current.get(id), ...change })
      show()
    },
    store,
    storeAll: () => store([...typed.current.keys()]),
  }
}

function remember(latest: Map<number, WireAnalysis>, analyses: readonly WireAnalysis[]): void {
  for (const analysis of analyses) {
    const known = latest.get(analysis.id)
    if (known === undefined || known.version <= analysis.version) latest.set(analysis.id, analysis)
  }
}

function without(problems: ReadonlyMap<number, string>, ids: readonly number[]): ReadonlyMap<number, string> {
  return new Map([...problems].filter(([id]) => !ids.includes(id)))
}

function changedEntry(analysis: WireAnalysis, { result, interims }: EntryDraft): WireResultEntry | undefined {
  const isNewResult = result !== undefined && result.trim() !== editedText(analysis)
  const stored = new Map(analysis.interims.map(({ keyword, value }) => [keyword, value]))
  const changed = Object.entries(interims ?? {}).filter(([keyword, value]) => stored.get(keyword) !== value)
  if (!isNewResult && changed.length === 0) return undefined
  return {
    id: analysis.id,
    version: analysis.version,
    ...(isNewResult ? { result: result.trim(), operand: operandOf(result) } : {}),
    ...(changed.length === 0 ? {} : { interims: Object.fromEntries(changed) }),
  }
}

function operandOf(result: string): '<' | '>' | null {
  const mark = result.trim().charAt(0)
  return mark === '<' || mark === '>' ? mark : null
}

/** The server names problems by position; those of the whole belong to every entry. */
function problemsOf(error: unknown, entries: readonly WireResultEntry[]): [number, string][] {
  const named = (error instanceof ApiError ? error.problems : []).flatMap(
    ({ field, problem }): [number, string][] => {
      const entry = entries[Number(/^entries\.(\d+)\./.exec(field)?.[1] ?? Number.NaN)]
      return entry === undefined ? [] : [[entry.id, problem]]
    },
  )
  if (named.length > 0) return named
  const message = error instanceof Error ? error.message : String(error)
  return entries.map(({ id }) => [id, message])
}
