import {
  cache,
  Enums,
  init as initRenderer,
  RenderingEngine,
  type Types,
  utilities,
} from '@cornerstonejs/core'
import {
  addTool,
  annotation,
  EllipticalROITool,
  init as initTools,
  LengthTool,
  PanTool,
  StackScrollTool,
  Enums as ToolEnums,
  ToolGroupManager,
  utilities as toolUtilities,
  WindowLevelTool,
  ZoomTool,
} from '@cornerstonejs/tools'
import { forgetFrames, nameFrames, rangeOfFrame, registerFrames } from './frame-images.ts'
import { describeMeasurements, type Measurement } from './measurements.ts'
import type { ValueRange, ViewerFrame, ViewerWindow } from './viewer-frame.ts'

/** What dragging does. */
export type ViewerTool = 'window' | 'pan' | 'zoom' | 'length' | 'region'

/** What the picture looks like now. */
export interface StageState {
  readonly frame: number
  readonly window: ViewerWindow | undefined
  readonly range: ValueRange | undefined
  /** 1 fits the picture into its place. */
  readonly zoom: number
  readonly inverted: boolean
  readonly measurements: readonly Measurement[]
}

/** A place where frames are drawn. */
export interface Stage {
  readonly show: (frames: readonly ViewerFrame[], frame: number) => Promise<void>
  readonly goTo: (frame: number) => Promise<void>
  readonly setWindow: (window: ViewerWindow) => void
  readonly setTool: (tool: ViewerTool) => void
  readonly invert: () => void
  readonly zoomBy: (factor: number) => void
  readonly panBy: (x: number, y: number) => void
  readonly reset: () => void
  /** Puts a line or a region into the middle, for those who do not drag. */
  readonly measureMiddle: (kind: 'length' | 'region') => void
  readonly clearMeasurements: () => void
  readonly close: () => void
}

const TOOL_NAMES: Readonly<Record<ViewerTool, string>> = {
  window: WindowLevelTool.toolName,
  pan: PanTool.toolName,
  zoom: ZoomTool.toolName,
  length: LengthTool.toolName,
  region: EllipticalROITool.toolName,
}
const { MouseBindings } = ToolEnums
const RENDERER = 'touchstone'
const CACHE_BYTES = 512 * 2 ** 20

let ready: RenderingEngine | undefined
let stages = 0

/** One renderer for all stages: browsers give a page only so many contexts to draw with. */
async function prepare(): Promise<RenderingEngine> {
  if (ready !== undefined) return ready
  await initRenderer({ debug: {}, rendering: { webGlContextCount: 1 } })
  initTools()
  cache.setMaxCacheSize(CACHE_BYTES)
  registerFrames()
  for (const tool of [WindowLevelTool, PanTool, ZoomTool, StackScrollTool, LengthTool, EllipticalROITool])
    addTool(tool)
  ready = new RenderingEngine(RENDERER)
  return ready
}

/** Opens a stage in an element. @param onChange is told of every change of the picture */
export async function openStage(
  element: HTMLDivElement,
  onChange: (state: StageState) => void,
): Promise<Stage> {
  const engine = await prepare()
  stages += 1
  const name = `stage-${stages}`
  engine.enableElement({ viewportId: name, type: Enums.ViewportType.STACK, element })
  const viewport = engine.getViewport(name) as Types.IStackViewport
  const tools = openTools(name, engine.id)
  let ids: readonly string[] = []

  const tell = (): void => {
    if (ids.length === 0) return
    const { voiRange, invert } = viewport.getProperties()
    const level = voiRange && utilities.windowLevel.toWindowLevel(voiRange.lower, voiRange.upper)
    const frame = viewport.getCurrentImageIdIndex()
    onChange({
      frame,
      window: level && { center: level.windowCenter, width: level.windowWidth },
      range: rangeOfFrame(ids[frame] ?? ''),
      zoom: viewport.getZoom(),
      inverted: invert === true,
      measurements: describeMeasurements(annotation.state.getAllAnnotations(), ids),
    })
  }
  element.addEventListener(Enums.Events.IMAGE_RENDERED, tell)
  element.addEventListener(ToolEnums.Events.ANNOTATION_RENDERED, tell)
  // the renderer takes keys from whoever has the focus: they belong to the page
  const giveBackFocus = (): void => element.blur()
  element.addEventListener('focus', giveBackFocus)
  const watcher = new ResizeObserver(() => engine.resize(true, true))
  watcher.observe(element)

  const clearMeasurements = (): void => {
    for (const one of annotation.state.getAllAnnotations()) {
      if (ids.includes(one.metadata?.referencedImageId ?? '') && one.annotationUID !== undefined)
        annotation.state.removeAnnotation(one.annotationUID)
    }
    toolUtilities.triggerAnnotationRenderForViewportIds([name])
    tell()
  }
  const forget = (): void => {
    clearMeasurements()
    for (const id of ids) if (cache.getImageLoadObject(id)) cache.removeImageLoadObject(id, { force: true })
    forgetFrames(ids)
    ids = []
  }

  return {
    show: async (frames, frame) => {
      forget()
      ids = nameFrames(frames)
      await viewport.setStack([...ids], frame)
      viewport.render()
    },
    goTo: async (frame) => {
      await viewport.setImageIdIndex(frame)
      tell()
    },
    setWindow: ({ center, width }) => {
      const range = utilities.windowLevel.toLowHighRange(width, center, Enums.VOILUTFunctionType.LINEAR)
      viewport.setProperties({ voiRange: range })
      viewport.render()
    },
    setTool: tools.choose,
    invert: () => {
      viewport.setProperties({ invert: viewport.getProperties().invert !== true })
      viewport.render()
    },
    zoomBy: (factor) => {
      viewport.setZoom(viewport.getZoom() * factor)
      viewport.render()
    },
    panBy: (x, y) => {
      const [left, top] = viewport.getPan()
      viewport.setPan([left + x, top + y])
      viewport.render()
    },
    reset: () => {
      viewport.resetCamera()
      viewport.resetProperties()
      viewport.render()
    },
    measureMiddle: (kind) => measureMiddle(viewport, kind),
    clearMeasurements,
    close: () => {
      watcher.disconnect()
      element.removeEventListener('focus', giveBackFocus)
      element.removeEventListener(Enums.Events.IMAGE_RENDERED, tell)
      element.removeEventListener(ToolEnums.Events.ANNOTATION_RENDERED, tell)
      forget()
      tools.close()
      engine.disableElement(name)
    },
  }
}

/** The wheel goes through frames, the middle button moves, the right one zooms; the left one does what was chosen. */
function openTools(name: string, engineId: string) {
  const group = ToolGroupManager.createToolGroup(name)
  if (group === undefined) throw new Error('The tools of the viewer are taken already.')
  for (const tool of [...Object.values(TOOL_NAMES), StackScrollTool.toolName]) group.addTool(tool)
  group.addViewport(name, engineId)
  group.setToolActive(StackScrollTool.toolName, { bindings: [{ mouseButton: MouseBindings.Wheel }] })
  const choose = (chosen: ViewerTool): void => {
    for (const [tool, toolName] of Object.entries(TOOL_NAMES)) {
      const bindings = [
        ...(tool === chosen ? [{ mouseButton: MouseBindings.Primary }] : []),
        ...(tool === 'pan' ? [{ mouseButton: MouseBindings.Auxiliary }] : []),
        ...(tool === 'zoom' ? [{ mouseButton: MouseBindings.Secondary }] : []),
      ]
      // first without its old buttons: two tools must not share one
      group.setToolPassive(toolName, { removeAllBindings: true })
      if (bindings.length > 0) group.setToolActive(toolName, { bindings })
    }
  }
  choose('window')
  return { choose, close: () => ToolGroupManager.destroyToolGroup(name) }
}

/** A quarter of the shown picture, around its middle. */
function measureMiddle(viewport: Types.IStackViewport, kind: 'length' | 'region'): void {
  const { clientWidth: width, clientHeight: height } = viewport.element
  const reach = Math.min(width, height) / 8
  const at = (x: number, y: number): Types.Point3 =>
    viewport.canvasToWorld([width / 2 + x * reach, height / 2 + y * reach])
  const points = kind === 'length' ? [at(-1, 0), at(1, 0)] : [at(0, 1), at(0, -1), at(-1, 0), at(1, 0)]
  // the tools' own way to add one looks for the frame by its place, and all frames lie in one plane
  const drawn = {
    annotationUID: utilities.uuidv4(),
    highlighted: false,
    invalidated: true,
    isLocked: false,
    isVisible: true,
    metadata: { toolName: TOOL_NAMES[kind], ...viewport.getViewReference() },
    data: {
      label: '',
      cachedStats: {},
      handles: { points, activeHandleIndex: null },
    },
  }
  annotation.state.addAnnotation(drawn, viewport.element)
  toolUtilities.triggerAnnotationRenderForViewportIds([viewport.id])
  viewport.render()
}
