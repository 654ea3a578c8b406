import { Button, Drawer } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useCallback, useMemo, useState } from 'react'
import type { WireSeries, WireStudyDetails } from '../../../../src/dialects/native/dicom/studies.schema.ts'
import { archiveAddress, elementsQuery, fileAddress, readPixels } from '../../api/dicom/studies.ts'
import { AttributeTable } from '../../ui/AttributeTable.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { ImageViewer } from '../../ui/image-viewer/ImageViewer.tsx'
import { useShortcut } from '../../ui/shortcuts.ts'
import { useUrlState } from '../../ui/url-state.ts'
import { seriesTitle } from './SeriesList.tsx'
import { seriesFrames } from './series-frames.ts'
import classes from './studies.module.css'

export interface SeriesViewerProps {
  readonly study: WireStudyDetails
  readonly series: WireSeries
}

/** The pictures of a series, and what is written in the file of the one that is shown. */
export function SeriesViewer({ study, series }: SeriesViewerProps): ReactElement {
  const [search, patch] = useUrlState()
  const [startAt] = useState(() => Math.max(0, Number(search.image ?? 1) - 1 || 0))
  const [at, setAt] = useState(startAt)
  const [isOpen, setOpen] = useState(false)
  const first = series.instances.find(({ frames }) => frames > 0)
  const pixels = useQuery({
    queryKey: ['dicom', 'pixels', first?.instanceUid],
    queryFn: () => readPixels(first?.instanceUid ?? ''),
    enabled: first !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const frames = useMemo(() => (pixels.data ? seriesFrames(series, pixels.data) : []), [series, pixels.data])
  const instanceUid = frames[at]?.instanceUid ?? series.instances[0]?.instanceUid ?? ''
  const problem = series.instances.find((one) => one.instanceUid === instanceUid)?.problem
  const onFrame = useCallback(
    (frame: number): void => {
      setAt(frame)
      patch({ image: frame === 0 ? undefined : String(frame + 1) }, 'replace')
    },
    [patch],
  )
  useShortcut('e', 'Show the elements of the file', () => setOpen(true), { group: 'Picture' })
  return (
    <section className={classes.viewer} aria-label={seriesTitle(series)}>
      <div className={classes.viewerBar}>
        <Button variant="default" onClick={() => setOpen(true)}>
          Elements
        </Button>
        {study.may.export ? (
          <>
            <Button component="a" variant="default" href={fileAddress(instanceUid)} download>
              Download file
            </Button>
            <Button
              component="a"
              variant="default"
              href={archiveAddress(study.studyUid, series.seriesUid)}
              download
            >
              Download series
            </Button>
          </>
        ) : null}
      </div>
      {problem ? <Banner token="warn">{problem}</Banner> : null}
      {pixels.isError ? <ErrorPanel error={pixels.error} onRetry={() => void pixels.refetch()} /> : null}
      {first === undefined ? (
        <EmptyNote>The files of this series hold no pictures; their elements can be read.</EmptyNote>
      ) : (
        <ImageViewer
          frames={frames}
          label={`${study.patientName ?? 'No name'}, ${seriesTitle(series)}`}
          caption={captionOf(study, series)}
          startAt={startAt}
          onFrame={onFrame}
        />
      )}
      <Drawer
        opened={isOpen}
        onClose={() => setOpen(false)}
        position="right"
        size={760}
        title="Elements of the file"
      >
        <Elements instanceUid={instanceUid} />
      </Drawer>
    </section>
  )
}

function captionOf({ patientName, patientId, studyDate }: WireStudyDetails, series: WireSeries): string {
  return [patientName, patientId, studyDate, seriesTitle(series)].filter(Boolean).join('\n')
}

function Elements({ instanceUid }: { readonly instanceUid: string }): ReactElement {
  const elements = useQuery(elementsQuery(instanceUid))
  if (elements.isError) return <ErrorPanel error={elements.error} onRetry={() => void elements.refetch()} />
  return <AttributeTable label="Elements" rows={elements.data?.items} />
}
