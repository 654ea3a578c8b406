import { IconFile } from '@tabler/icons-react'
import { type ReactElement, useState } from 'react'
import type { WireSeries } from '../../../../src/dialects/native/dicom/studies.schema.ts'
import { pictureAddress } from '../../api/dicom/studies.ts'
import classes from './studies.module.css'

export interface SeriesListProps {
  readonly series: readonly WireSeries[]
  readonly current: string
  readonly onChoose: (seriesUid: string) => void
}

/** The series of a study, each with the picture in its middle. */
export function SeriesList({ series, current, onChoose }: SeriesListProps): ReactElement {
  return (
    <ul className={classes.seriesList} aria-label="Series">
      {series.map((one) => (
        <li key={one.seriesUid}>
          <button
            type="button"
            className={classes.series}
            aria-current={one.seriesUid === current}
            onClick={() => onChoose(one.seriesUid)}
          >
            <Thumbnail series={one} />
            <span className={classes.seriesWords}>
              <span className={classes.seriesTitle}>{seriesTitle(one)}</span>
              <span className={classes.detail}>{describe(one)}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

export function seriesTitle({ modality, description, seriesNumber }: WireSeries): string {
  return [modality, description ?? (seriesNumber === null ? 'Series' : `Series ${seriesNumber}`)]
    .filter(Boolean)
    .join(' ')
}

function describe({ instances, bodyPart }: WireSeries): string {
  const frames = instances.reduce((sum, instance) => sum + instance.frames, 0)
  const files = instances.length === 1 ? '1 file' : `${instances.length} files`
  return [bodyPart, files, frames > instances.length ? `${frames} frames` : undefined]
    .filter(Boolean)
    .join(' · ')
}

const SIZE = 128

function Thumbnail({ series: { instances } }: { readonly series: WireSeries }): ReactElement {
  const [isBroken, setBroken] = useState(false)
  const shown = instances.filter(({ frames }) => frames > 0)
  const middle = shown[Math.floor(shown.length / 2)]
  return (
    <span className={classes.thumbnail}>
      {middle === undefined || isBroken ? (
        <IconFile size={24} stroke={1.5} aria-hidden="true" />
      ) : (
        <img
          src={pictureAddress(middle.instanceUid, Math.ceil(middle.frames / 2), SIZE)}
          alt=""
          loading="lazy"
          onError={() => setBroken(true)}
        />
      )}
    </span>
  )
}
