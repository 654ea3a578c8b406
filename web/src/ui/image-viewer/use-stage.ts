import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Stage, StageState } from './stage.ts'
import type { ViewerFrame } from './viewer-frame.ts'

export interface StageHandle {
  readonly place: RefObject<HTMLDivElement | null>
  /** Undefined until the renderer, which is large, has arrived. */
  readonly stage: Stage | undefined
  readonly state: StageState | undefined
  readonly failure: unknown
}

/** A stage in an element of the page, for as long as the component is shown. */
export function useStage(frames: readonly ViewerFrame[], startAt: number): StageHandle {
  const place = useRef<HTMLDivElement>(null)
  const [stage, setStage] = useState<Stage>()
  const [state, setState] = useState<StageState>()
  const [failure, setFailure] = useState<unknown>()
  const start = useRef(startAt)

  useEffect(() => {
    const element = place.current
    if (element === null) return
    let opened: Stage | undefined
    let isGone = false
    const open = async (): Promise<void> => {
      const { openStage } = await import('./stage.ts')
      if (isGone) return
      const made = await openStage(element, setState)
      if (isGone) made.close()
      else {
        opened = made
        setStage(made)
      }
    }
    open().catch(setFailure)
    return () => {
      isGone = true
      opened?.close()
      setStage(undefined)
    }
  }, [])

  useEffect(() => {
    if (stage === undefined || frames.length === 0) return
    setFailure(undefined)
    stage.show(frames, Math.min(start.current, frames.length - 1)).catch(setFailure)
    start.current = 0
  }, [stage, frames])

  return { place, stage, state, failure }
}
