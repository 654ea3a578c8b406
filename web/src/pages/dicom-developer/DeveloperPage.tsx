import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { developerQuery } from '../../api/dicom/developer.ts'
import { DicomSections } from '../../app/DicomSections.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { FactsLine } from '../../ui/FactsLine.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import classes from './developer.module.css'
import { HowTo } from './HowTo.tsx'
import { KeyPanel } from './KeyPanel.tsx'
import { ProfilePanel } from './ProfilePanel.tsx'
import { UsagePanel } from './UsagePanel.tsx'

/** What somebody who writes programs against the DICOM API needs: profile, keys, use of the quota, examples. */
export function DeveloperPage(): ReactElement {
  const developer = useQuery(developerQuery)
  const profile = developer.data?.profile ?? null
  return (
    <>
      <DicomSections />
      <PageHeader
        title="Developer"
        crumbs={[{ label: 'DICOM', to: '/dicom/read' }]}
        loading={developer.isPending}
        status={
          profile === null ? (
            <StatusChip token="todo" variant="soft">
              No profile yet
            </StatusChip>
          ) : (
            <StatusChip token="ok" variant="soft">
              Developer
            </StatusChip>
          )
        }
        facts={
          profile === null ? (
            'Say what you will use the API for; then make a key for your program.'
          ) : (
            <FactsLine>
              <span>{profile.organization ?? 'no organization'}</span>
              <span>Programs send an API key; people at these pages are not counted</span>
            </FactsLine>
          )
        }
      />
      {developer.isError ? (
        <ErrorPanel error={developer.error} onRetry={() => void developer.refetch()} />
      ) : null}
      {developer.isPending ? <Skeleton height={320} /> : null}
      {developer.data === undefined ? null : (
        <div className={classes.page} data-stage={profile === null ? 'first' : 'developer'}>
          <div className={classes.column}>
            {profile === null ? null : <KeyPanel />}
            {profile === null ? null : <UsagePanel />}
            {profile === null ? (
              <ProfilePanel key="first" profile={null} purposes={developer.data.purposes} />
            ) : null}
            <HowTo />
          </div>
          {profile === null ? null : (
            <div className={classes.side}>
              <ProfilePanel key="profile" profile={profile} purposes={developer.data.purposes} />
            </div>
          )}
        </div>
      )}
    </>
  )
}
