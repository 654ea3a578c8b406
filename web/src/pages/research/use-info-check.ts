import { useEffect, useRef, useState } from 'react'
import type {
  JsonDocument,
  WireInfoProblem,
} from '../../../../src/dialects/native/research/research.schema.ts'
import { checkInfo, type InfoType } from '../../api/research/samples.ts'

export interface InfoProblems {
  /** by JSON pointer into the info */
  readonly problems: ReadonlyMap<string, string>
  readonly warnings: readonly WireInfoProblem[]
  /** Asks the server, and gives whether the info fits its type. */
  readonly check: (of: InfoType, info: JsonDocument, shown: 'all' | 'without-missing') => Promise<boolean>
  readonly setProblems: (problems: ReadonlyMap<string, string>) => void
}

/** What the one validator, the server's, says about the info of a form. A later question outruns an earlier one. */
export function useInfoCheck(): InfoProblems {
  const [problems, setProblems] = useState<ReadonlyMap<string, string>>(new Map())
  const [warnings, setWarnings] = useState<readonly WireInfoProblem[]>([])
  const asking = useRef<AbortController>(undefined)
  useEffect(() => () => asking.current?.abort(), [])
  return {
    problems,
    warnings,
    setProblems,
    check: async (of, info, shown) => {
      asking.current?.abort()
      const controller = new AbortController()
      asking.current = controller
      const answer = await checkInfo(of, info, controller.signal)
      // what was not yet reached while filling in is no mistake
      const found = shown === 'all' ? answer.errors : answer.errors.filter(({ code }) => code !== 'required')
      setProblems(new Map(found.map(({ path, message }) => [path, message])))
      setWarnings(answer.warnings)
      return answer.valid
    },
  }
}
