import { ActionIcon, Menu, Skeleton, Tooltip, useComputedColorScheme } from '@mantine/core'
import { IconChartLine, IconDownload, IconTable, IconZoomReset } from '@tabler/icons-react'
import { useRouter } from '@tanstack/react-router'
import { lazy, type ReactElement, Suspense, useMemo, useRef, useState } from 'react'
import { insideApp } from './app-path.ts'
import classes from './Chart.module.css'
import type { ChartHandle } from './ChartCanvas.tsx'
import { ChartTable } from './ChartTable.tsx'
import { type ChartModel, type ChartSeries, chartCsv } from './chart-model.ts'
import { SERIES_DASH } from './chart-palette.ts'
import { saveFile } from './save-file.ts'
import { useSiteZone } from './site.ts'

const ChartCanvas = lazy(async () => {
  const { ChartCanvas: component } = await import('./ChartCanvas.tsx')
  return { default: component }
})

export interface ChartProps extends ChartModel {
  /** What it shows; also the name of exported files. */
  readonly title: string
  readonly height?: number
  /** Draws mean and limits of control of the first series. */
  readonly showControl?: boolean
  /** Ids of the series that are switched off, where the page keeps them; the chart itself does otherwise. */
  readonly hidden?: readonly string[]
  readonly onHide?: (hidden: readonly string[]) => void
}

/**
 * Values over time with tolerance and action bands, references, events and limits of control. Zoom by wheel
 * or by drawing a range; a click opens what is behind a point; the same data as a table for every reader.
 */
export function Chart({
  title,
  series,
  events,
  along,
  height = 320,
  showControl = false,
  hidden: given,
  onHide,
}: ChartProps): ReactElement {
  const zone = useSiteZone()
  const scheme = useComputedColorScheme('light')
  const router = useRouter()
  const canvas = useRef<ChartHandle>(null)
  const [hidden, setHidden] = useHidden(given, onHide)
  const [isTable, setTable] = useState(false)
  const [isZoomed, setZoomed] = useState(false)
  const model: ChartModel = useStable(series, events, along)
  const toggle = (id: string): void => {
    const next = new Set(hidden)
    if (!next.delete(id)) next.add(id)
    setHidden(next)
  }
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.bar}>
        <span className={classes.title}>{title}</span>
        <Legend series={series} hidden={hidden} onToggle={toggle} />
        <span className={classes.tools} data-print="hide">
          <Tooltip label="Whole range">
            <ActionIcon
              aria-label="Show the whole range"
              data-hidden={!isZoomed}
              className={classes.reset}
              onClick={() => canvas.current?.resetZoom()}
            >
              <IconZoomReset size={18} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={isTable ? 'Chart' : 'Table'}>
            <ActionIcon
              aria-label={isTable ? 'Show as chart' : 'Show as table'}
              onClick={() => setTable(!isTable)}
            >
              {isTable ? <IconChartLine size={18} stroke={1.7} /> : <IconTable size={18} stroke={1.7} />}
            </ActionIcon>
          </Tooltip>
          <ChartExport title={title} model={model} canvas={isTable ? undefined : canvas} />
        </span>
      </figcaption>
      {isTable ? (
        <ChartTable model={model} hidden={hidden} zone={zone} height={height} title={title} />
      ) : (
        <Suspense fallback={<Skeleton height={height} radius={0} />}>
          <ChartCanvas
            ref={canvas}
            model={model}
            hidden={hidden}
            showControl={showControl}
            scheme={scheme}
            zone={zone}
            height={height}
            label={`${title}. ${describeSeries(series)} The same data can be shown as a table.`}
            onZoom={setZoomed}
            onOpen={(point) => {
              if (point.to !== undefined) void router.navigate({ href: insideApp(point.to) })
            }}
          />
        </Suspense>
      )}
    </figure>
  )
}

/** Which series are switched off: as the page says, or as this chart remembers; one set while they are the same. */
function useHidden(
  given: readonly string[] | undefined,
  onHide: ((hidden: readonly string[]) => void) | undefined,
): readonly [ReadonlySet<string>, (hidden: ReadonlySet<string>) => void] {
  const [own, setOwn] = useState<ReadonlySet<string>>(new Set())
  const text = given?.join('\n')
  const outside = useMemo(
    () => (text === undefined ? undefined : new Set(text.split('\n').filter(Boolean))),
    [text],
  )
  return [outside ?? own, (hidden) => (onHide === undefined ? setOwn(hidden) : onHide([...hidden]))]
}

/** The same object while the data is the same, so that hovering a page does not redraw its charts. */
function useStable(
  series: ChartModel['series'],
  events: ChartModel['events'],
  along: ChartModel['along'],
): ChartModel {
  const made: ChartModel = {
    series,
    ...(events ? { events } : {}),
    ...(along === undefined ? {} : { along }),
  }
  const [kept, setKept] = useState(made)
  if (kept.series === series && kept.events === events && kept.along === along) return kept
  setKept(made)
  return made
}

function describeSeries(series: readonly ChartSeries[]): string {
  return series.map(({ name, points }) => `${name}: ${points.length} points.`).join(' ')
}

interface LegendProps {
  readonly series: readonly ChartSeries[]
  readonly hidden: ReadonlySet<string>
  readonly onToggle: (id: string) => void
}

/** One button a series; a single series needs none. */
function Legend({ series, hidden, onToggle }: LegendProps): ReactElement | null {
  if (series.length < 2) return null
  return (
    <span className={classes.legend}>
      {series.map((one, place) => (
        <button
          key={one.id}
          type="button"
          className={classes.entry}
          aria-pressed={!hidden.has(one.id)}
          onClick={() => onToggle(one.id)}
        >
          <svg width="22" height="8" aria-hidden="true">
            <line
              x1="0"
              x2="22"
              y1="4"
              y2="4"
              stroke={`var(--ts-series-${(place % 6) + 1})`}
              strokeWidth="2"
              strokeDasharray={SERIES_DASH[place % SERIES_DASH.length]?.join(' ')}
            />
          </svg>
          {one.name}
        </button>
      ))}
    </span>
  )
}

interface ChartExportProps {
  readonly title: string
  readonly model: ChartModel
  /** The drawn chart; undefined while the table is shown, which has no picture. */
  readonly canvas: React.RefObject<ChartHandle | null> | undefined
}

function ChartExport({ title, model, canvas }: ChartExportProps): ReactElement {
  return (
    <Menu>
      <Menu.Target>
        <Tooltip label="Export">
          <ActionIcon aria-label="Export this chart">
            <IconDownload size={18} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          disabled={canvas === undefined}
          onClick={() => saveFile(`${title}.png`, canvas?.current?.png() ?? '')}
        >
          Picture (PNG)
        </Menu.Item>
        <Menu.Item
          disabled={canvas === undefined}
          onClick={() =>
            saveFile(`${title}.svg`, new Blob([canvas?.current?.svg() ?? ''], { type: 'image/svg+xml' }))
          }
        >
          Vectors (SVG)
        </Menu.Item>
        <Menu.Item
          onClick={() => saveFile(`${title}.csv`, new Blob([chartCsv(model)], { type: 'text/csv' }))}
        >
          Data (CSV)
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
