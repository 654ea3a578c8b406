import { LineChart } from 'echarts/charts'
import {
  DataZoomComponent,
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  ToolboxComponent,
  TooltipComponent,
} from 'echarts/components'
import { type EChartsType, init, use } from 'echarts/core'
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers'
import { type ReactElement, type Ref, useEffect, useEffectEvent, useImperativeHandle, useRef } from 'react'
import {
  type ChartEvent,
  type ChartModel,
  type ChartPoint,
  type ChartSeries,
  formatPlace,
  formatPoint,
} from './chart-model.ts'
import { chartOption } from './chart-option.ts'
import { readPalette } from './chart-palette.ts'
import { formatInstant } from './site-time.ts'
import { STATUS_WORDS } from './status-words.ts'

use([
  LineChart,
  GridComponent,
  TooltipComponent,
  DataZoomComponent,
  ToolboxComponent,
  MarkAreaComponent,
  MarkLineComponent,
  CanvasRenderer,
  SVGRenderer,
])

export interface ChartHandle {
  readonly resetZoom: () => void
  /** `data:` address of a picture at twice the size of the screen. */
  readonly png: () => string
  readonly svg: () => string
}

export interface ChartCanvasProps {
  readonly model: ChartModel
  readonly hidden: ReadonlySet<string>
  readonly showControl: boolean
  readonly scheme: string
  readonly zone: string
  readonly height: number
  readonly label: string
  readonly onOpen: (target: Pick<ChartPoint, 'to'>) => void
  readonly onZoom: (isZoomed: boolean) => void
  readonly ref?: Ref<ChartHandle>
}

/** The drawn part of `Chart`; a chunk of its own, since ECharts is large. */
export function ChartCanvas(props: ChartCanvasProps): ReactElement {
  const { model, hidden, showControl, scheme, zone, height } = props
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(undefined)
  const onZoom = useEffectEvent(props.onZoom)
  const onOpen = useEffectEvent(props.onOpen)
  const findPoint = useEffectEvent(
    (seriesId: string, index: number): ChartPoint | undefined =>
      model.series.find(({ id }) => id === seriesId)?.points[index],
  )
  const findEvent = useEffectEvent((index: number): ChartEvent | undefined => model.events?.[index])

  useEffect(() => {
    if (box.current === null) return undefined
    const drawn = init(box.current, undefined, { renderer: 'canvas' })
    chart.current = drawn
    drawn.on('datazoom', () => onZoom(true))
    drawn.on('click', (event) => {
      const target =
        event.componentType === 'markLine'
          ? findEvent(event.dataIndex)
          : findPoint(event.seriesId ?? '', event.dataIndex)
      if (target !== undefined) onOpen(target)
    })
    const observer = new ResizeObserver(() => drawn.resize())
    observer.observe(box.current)
    return () => {
      observer.disconnect()
      drawn.dispose()
      chart.current = undefined
    }
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme changes the colours that are read here
  useEffect(() => {
    if (box.current === null) return
    const formatTime = (at: number): string =>
      formatPlace(model, at, (time) => formatInstant(new Date(time), zone))
    const option = chartOption({
      model,
      palette: readPalette(box.current),
      showControl,
      shown: model.series
        .map((series, place) => ({ series, place }))
        .filter(({ series }) => !hidden.has(series.id)),
    })
    const tooltip = { formatter: (target: unknown) => describe(target, model, formatTime) }
    chart.current?.setOption(
      { ...option, tooltip: { ...asObject(option.tooltip), ...tooltip } },
      { notMerge: true },
    )
    chart.current?.dispatchAction({
      type: 'takeGlobalCursor',
      key: 'dataZoomSelect',
      dataZoomSelectActive: true,
    })
  }, [model, hidden, showControl, zone, scheme])

  useImperativeHandle(
    props.ref,
    () => ({
      resetZoom: () => {
        chart.current?.dispatchAction({ type: 'dataZoom', start: 0, end: 100 })
        onZoom(false)
      },
      png: () =>
        chart.current?.getDataURL({
          type: 'png',
          pixelRatio: 2,
          backgroundColor: panelColour(box.current),
        }) ?? '',
      svg: () => (chart.current && box.current ? drawSvg(chart.current, box.current) : ''),
    }),
    [],
  )

  return <div ref={box} role="img" aria-label={props.label} style={{ height }} />
}

function panelColour(element: Element | null): string {
  return element === null ? '#ffffff' : readPalette(element).panel
}

/** The same chart drawn once more as vectors, in the same size and zoom. */
function drawSvg(chart: EChartsType, box: HTMLElement): string {
  const { clientWidth: width, clientHeight: height } = box
  const copy = init(null, undefined, { renderer: 'svg', ssr: true, width, height })
  copy.setOption({ ...chart.getOption(), backgroundColor: panelColour(box) })
  const text = copy.renderToSVGString()
  copy.dispose()
  return text
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {}
}

interface Hovered {
  readonly componentType: string
  readonly seriesId: string
  readonly dataIndex: number
}

/** Built of elements: markup as text would need inline styles, which the security policy forbids. */
function describe(target: unknown, model: ChartModel, formatTime: (at: number) => string): HTMLElement {
  // ECharts hands over a description of what is under the pointer, or a list of them, one for each series.
  const hovered = [target].flat() as readonly Hovered[]
  const box = document.createElement('div')
  for (const one of hovered) {
    const event = one.componentType === 'markLine' ? model.events?.[one.dataIndex] : undefined
    const series = model.series.find(({ id }) => id === one.seriesId)
    const lines = event
      ? eventLines(event, formatTime)
      : pointLines(series, series?.points[one.dataIndex], formatTime)
    lines.forEach((line, index) => {
      const element = document.createElement('div')
      element.textContent = line
      element.style.fontWeight = index === 0 ? '600' : '400'
      box.append(element)
    })
  }
  return box
}

function eventLines(event: ChartEvent, formatTime: (at: number) => string): readonly string[] {
  return [event.label, formatTime(event.at), event.detail ?? ''].filter(Boolean)
}

function pointLines(
  series: ChartSeries | undefined,
  point: ChartPoint | undefined,
  formatTime: (at: number) => string,
): readonly string[] {
  if (series === undefined || point === undefined) return []
  const status = point.status === undefined ? '' : STATUS_WORDS[point.status]
  return [
    `${series.name}: ${formatPoint(series, point.value)}`,
    [point.difference ?? '', status].filter(Boolean).join(' · '),
    [formatTime(point.at), point.person ?? ''].filter(Boolean).join(' · '),
    point.comment ?? '',
  ].filter(Boolean)
}
