import { useEffect, useRef, useState } from 'react'
import type {
  WireEvaluated,
  WireEvaluation,
} from '../../../../src/dialects/native/machine-qa/performing.schema.ts'
import { ApiError } from '../../api/api-error.ts'
import { evaluate } from '../../api/machine-qa/performing.ts'

const PAUSE_MS = 60

export interface Evaluation {
  readonly results: WireEvaluated['results']
  /** Values may belong to what was typed a moment ago. */
  readonly isStale: boolean
  /** Why nothing could be calculated at all. */
  readonly problem: string | undefined
}

/**
 * The calculated rows for what is typed, after each short pause. The last question wins: an earlier answer that comes
 * late is dropped. Values stay until new ones come, so that nothing flickers.
 */
export function useEvaluation(
  facts: WireEvaluation,
  isNeeded: boolean,
  onSkips: (skips: WireEvaluated['skips']) => void,
): Evaluation {
  const [results, setResults] = useState<WireEvaluated['results']>({})
  const [answered, setAnswered] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const latestSkips = useRef(onSkips)
  const body = JSON.stringify(facts)
  useEffect(() => {
    latestSkips.current = onSkips
  })
  useEffect(() => {
    if (!isNeeded) return
    const controller = new AbortController()
    const ask = async (): Promise<void> => {
      try {
        const question = JSON.parse(body) as WireEvaluation
        const answer = await evaluate(question, controller.signal)
        if (controller.signal.aborted) return
        setResults(answer.results)
        setProblem(undefined)
        setAnswered(body)
        const changed = changedSkips(question, answer)
        if (changed !== undefined) latestSkips.current(changed)
      } catch (error) {
        if (controller.signal.aborted) return
        setProblem(reasonOf(error))
        setAnswered(body)
      }
    }
    const timer = setTimeout(() => void ask(), PAUSE_MS)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [body, isNeeded])
  return { results, isStale: isNeeded && answered !== body, problem }
}

/** Skips that procedures changed; undefined when they left them alone. */
function changedSkips(
  question: WireEvaluation,
  { skips }: WireEvaluated,
): WireEvaluated['skips'] | undefined {
  const changed = Object.entries(skips).filter(
    ([macro, isSkipped]) => (question.skips[macro] ?? false) !== isSkipped,
  )
  return changed.length === 0 ? undefined : Object.fromEntries(changed)
}

/** @throws whatever is no refusal */
function reasonOf(error: unknown): string {
  if (error instanceof ApiError) return error.message
  throw error
}
