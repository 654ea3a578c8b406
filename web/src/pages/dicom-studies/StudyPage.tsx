import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import type { WireStudyDetails } from '../../../../src/dialects/native/dicom/studies.schema.ts'
import { archiveAddress, studyQuery } from '../../api/dicom/studies.ts'
import { Banner } from '../../ui/Banner.tsx'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { FactsLine } from '../../ui/FactsLine.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { formatDay } from '../../ui/site-time.ts'
import { useUrlState } from '../../ui/url-state.ts'
import { DeleteStudy, RestoreStudy } from './DeleteStudy.tsx'
import { ExportDialog } from './ExportDialog.tsx'
import { SeriesList } from './SeriesList.tsx'
import { SeriesViewer } from './SeriesViewer.tsx'
import classes from './studies.module.css'

const TRAIL = [
  { label: 'DICOM', to: '/dicom' },
  { label: 'Studies', to: '/dicom/studies' },
] as const

/** One study: its series, and the pictures of the chosen one. */
export function StudyPage(): ReactElement {
  const { study: studyUid = '' } = useParams({ strict: false })
  const [search] = useUrlState()
  const study = useQuery(studyQuery(studyUid, search.bin === 'true'))
  if (study.isError) {
    return (
      <>
        <PageHeader title="Study" crumbs={TRAIL} />
        <ErrorPanel error={study.error} onRetry={() => void study.refetch()} />
      </>
    )
  }
  if (study.data === undefined) return <PageHeader title="Study" kind="Study" crumbs={TRAIL} loading />
  return <Study study={study.data} />
}

function Study({ study }: { readonly study: WireStudyDetails }): ReactElement {
  const [search, patch] = useUrlState()
  const series = study.series.find(({ seriesUid }) => seriesUid === search.series) ?? study.series[0]
  return (
    <>
      <PageHeader
        kind="Study"
        title={study.patientName ?? 'No name'}
        crumbs={TRAIL}
        facts={<StudyFacts study={study} />}
        {...(study.deleted === null
          ? { actions: <StudyActions study={study} /> }
          : { primary: <RestoreStudy study={study} /> })}
      />
      {study.deleted === null ? null : (
        <Banner token="void">
          In the bin{study.deleted.by === null ? '' : `, put there by ${study.deleted.by}`}:{' '}
          {study.deleted.reason}
        </Banner>
      )}
      {series === undefined ? (
        <EmptyNote>The study has no images.</EmptyNote>
      ) : (
        <div className={classes.study}>
          <SeriesList
            series={study.series}
            current={series.seriesUid}
            onChoose={(seriesUid) => patch({ series: seriesUid, image: undefined })}
          />
          <SeriesViewer key={series.seriesUid} study={study} series={series} />
        </div>
      )}
    </>
  )
}

function StudyFacts({ study }: { readonly study: WireStudyDetails }): ReactElement {
  const { patientId, patientBirthDate, patientSex, studyDate, description, accessionNumber, groups } = study
  return (
    <FactsLine>
      {patientId === null ? null : <span className="ts-mono">{patientId}</span>}
      {patientBirthDate === null ? null : <span>born {formatDay(patientBirthDate)}</span>}
      {patientSex === null ? null : <span>{patientSex}</span>}
      {studyDate === null ? null : <span>{formatDay(studyDate)}</span>}
      {description === null ? null : <span>{description}</span>}
      {accessionNumber === null ? null : <span>accession {accessionNumber}</span>}
      {groups.length === 0 ? null : <span>seen by {groups.map(({ name }) => name).join(', ')}</span>}
    </FactsLine>
  )
}

function StudyActions({ study }: { readonly study: WireStudyDetails }): ReactElement | null {
  const [dialog, setDialog] = useState<'export' | 'delete'>()
  const { may, studyUid } = study
  if (!may.export && !may.delete) return null
  return (
    <>
      {may.export ? (
        <Button variant="default" onClick={() => setDialog('export')}>
          Export without identity
        </Button>
      ) : null}
      <Menu>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={14} />}>
            More
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {may.export ? (
            <Menu.Item component="a" href={archiveAddress(studyUid)} download>
              Download study
            </Menu.Item>
          ) : null}
          {may.delete ? (
            <Menu.Item color="red" onClick={() => setDialog('delete')}>
              Put into the bin
            </Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      {dialog === 'export' ? <ExportDialog study={study} onClose={() => setDialog(undefined)} /> : null}
      {dialog === 'delete' ? <DeleteStudy study={study} onClose={() => setDialog(undefined)} /> : null}
    </>
  )
}
