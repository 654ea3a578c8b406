import { Slider } from '@mantine/core'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import { ErrorPanel } from '../ErrorPanel.tsx'
import classes from './image-viewer.module.css'
import type { StageState, ViewerTool } from './stage.ts'
import { useStage } from './use-stage.ts'
import { useViewerKeys } from './use-viewer-keys.ts'
import { ViewerToolbar } from './ViewerToolbar.tsx'
import { type FrameFacts, type ViewerFrame, type ViewerWindow, windowPresets } from './viewer-frame.ts'
import { WindowFields } from './WindowFields.tsx'

export interface ImageViewerProps {
  /** In the order in which they are gone through; keep the array while it is the same stack. */
  readonly frames: readonly ViewerFrame[]
  /** What is shown, for those who do not see it. */
  readonly label: string
  /** In the corner of the picture: patient, series. Goes with the measurements when they are hidden. */
  readonly caption?: string
  /** Frame to begin with, from 0. */
  readonly startAt?: number
  readonly onFrame?: (frame: number) => void
}

const SHORTEST_FRAME_MS = 33
const USUAL_FRAME_MS = 100

/** Pictures on black: window and level, zoom, frames, measurements. All of it by mouse, finger and keyboard. */
export function ImageViewer(props: ImageViewerProps): ReactElement {
  const { frames, label, caption, onFrame } = props
  const { place, stage, state, failure } = useStage(frames, props.startAt ?? 0)
  const [tool, setTool] = useState<ViewerTool>('window')
  const [areOverlaysShown, setOverlaysShown] = useState(true)
  const [isPlaying, setPlaying] = useState(false)
  const frame = state?.frame ?? props.startAt ?? 0
  const current = frames[frame] ?? frames[0]
  const last = frames.length - 1
  const presets = current === undefined ? [] : windowPresets(current.facts, state?.range)
  const isColor = current?.facts.isColor === true

  const goTo = (next: number): void => void stage?.goTo(Math.max(0, Math.min(last, next)))
  // two keys may come before anything is drawn again
  const chosen = useRef<ViewerTool>('window')
  const choose = (next: ViewerTool): void => {
    chosen.current = next
    setTool(next)
    stage?.setTool(next)
  }
  const measure = (): void => stage?.measureMiddle(chosen.current === 'length' ? 'length' : 'region')
  useEffect(() => onFrame?.(frame), [frame, onFrame])
  usePlaying(
    isPlaying && last > 0,
    current?.facts.frameTimeMs ?? USUAL_FRAME_MS,
    () => void stage?.goTo(frame >= last ? 0 : frame + 1),
  )
  useViewerKeys({
    choose,
    goTo: (step) => goTo(frame + step),
    toEnd: (end) => goTo(end === 'first' ? 0 : last),
    invert: () => stage?.invert(),
    reset: () => stage?.reset(),
    overlays: () => setOverlaysShown(!areOverlaysShown),
    clear: () => stage?.clearMeasurements(),
    play: () => setPlaying(!isPlaying),
    zoom: (factor) => stage?.zoomBy(factor),
    measure,
    preset: (index) => {
      const preset = presets[index]
      if (preset !== undefined) stage?.setWindow(preset)
    },
  })

  return (
    <div className={classes.viewer} data-overlays={areOverlaysShown}>
      <ViewerToolbar
        tool={tool}
        onTool={choose}
        presets={presets}
        onWindow={(window) => stage?.setWindow(window)}
        isColor={isColor}
        onInvert={() => stage?.invert()}
        onReset={() => stage?.reset()}
        areOverlaysShown={areOverlaysShown}
        onOverlays={() => setOverlaysShown(!areOverlaysShown)}
        hasMeasurements={(state?.measurements.length ?? 0) > 0}
        onClear={() => stage?.clearMeasurements()}
        play={last > 0 ? { isPlaying, onPlay: () => setPlaying(!isPlaying) } : undefined}
      />
      <div className={classes.surround}>
        <div
          ref={place}
          className={classes.place}
          role="img"
          aria-label={`${label}${current === undefined ? '' : `. ${current.label}`}`}
          data-ready={state !== undefined}
          onContextMenu={(event) => event.preventDefault()}
        />
        {failure === undefined ? null : (
          <div className={classes.failure}>
            <ErrorPanel error={failure} />
          </div>
        )}
        {areOverlaysShown && current !== undefined ? (
          <Corners facts={current.facts} caption={caption} state={state} count={frames.length} />
        ) : null}
      </div>
      <Below
        frame={frame}
        last={last}
        onFrame={goTo}
        facts={current?.facts}
        window={state?.window}
        onWindow={(window) => stage?.setWindow(window)}
      />
      <Measurements items={state?.measurements ?? []} />
    </div>
  )
}

interface CornersProps {
  readonly facts: FrameFacts
  readonly caption: string | undefined
  readonly state: StageState | undefined
  readonly count: number
}

/** What is written on the picture, in its corners. */
function Corners({ facts, caption, state, count }: CornersProps): ReactElement {
  const level = facts.isColor ? undefined : state?.window
  return (
    <div className={classes.corners} aria-hidden="true">
      <span>{caption}</span>
      <span>{count > 1 ? `${(state?.frame ?? 0) + 1} / ${count}` : ''}</span>
      <span>{level === undefined ? '' : windowText(level, facts.unit)}</span>
      <span>{state === undefined ? '' : `${Math.round(state.zoom * 100)} %`}</span>
    </div>
  )
}

interface BelowProps {
  readonly frame: number
  readonly last: number
  readonly onFrame: (frame: number) => void
  readonly facts: FrameFacts | undefined
  readonly window: ViewerWindow | undefined
  readonly onWindow: (window: ViewerWindow) => void
}

/** Frames and window in numbers, below the picture. */
function Below({ frame, last, onFrame, facts, window, onWindow }: BelowProps): ReactElement {
  return (
    <div className={classes.below}>
      {last > 0 ? (
        <div className={classes.frames}>
          <span className={classes.frameLabel}>
            Frame <span className="ts-num">{frame + 1}</span> of <span className="ts-num">{last + 1}</span>
          </span>
          <Slider
            className={classes.slider ?? ''}
            min={0}
            max={last}
            value={frame}
            onChange={onFrame}
            label={(value) => value + 1}
            thumbLabel="Frame"
          />
        </div>
      ) : null}
      {window === undefined || facts?.isColor !== false ? null : (
        <WindowFields window={window} unit={facts.unit} onChange={onWindow} />
      )}
    </div>
  )
}

function windowText(
  { center, width }: { readonly center: number; readonly width: number },
  unit: string | null,
): string {
  return `C ${Math.round(center)}  W ${Math.round(width)}${unit === null ? '' : ` ${unit}`}`
}

/** What was measured, also for those who do not see the picture. */
function Measurements({
  items,
}: {
  readonly items: readonly { readonly id: string; readonly frame: number; readonly text: string }[]
}): ReactElement | null {
  if (items.length === 0) return null
  return (
    <ul className={classes.measurements} aria-label="Measurements" aria-live="polite">
      {items.map(({ id, frame, text }) => (
        <li key={id}>
          <span className="ts-num">{text}</span> <span className="ts-dim">frame {frame + 1}</span>
        </li>
      ))}
    </ul>
  )
}

/** Calls `next` for each frame while it plays. */
function usePlaying(isPlaying: boolean, frameTimeMs: number, next: () => void): void {
  const latest = useRef(next)
  useEffect(() => {
    latest.current = next
  })
  useEffect(() => {
    if (!isPlaying) return
    const timer = setInterval(() => latest.current(), Math.max(SHORTEST_FRAME_MS, frameTimeMs))
    return () => clearInterval(timer)
  }, [isPlaying, frameTimeMs])
}
