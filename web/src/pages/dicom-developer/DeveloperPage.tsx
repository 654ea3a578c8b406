import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { WireDeveloper } from '../../../../src/dialects/native/dicom/developer.schema.ts'
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
  const { data, isPending, isError, error, refetch } = developer
  return (
    <>
      <DicomSections />
      <DeveloperHeader profile={data?.profile ?? null} isPending={isPending} />
      {isError ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : null}
      {isPending ? <Skeleton height={320} /> : null}
      {data === undefined ? null : <DeveloperPanels developer={data} />}
    </>
  )
}

interface DeveloperHeaderProps {
  readonly profile: WireDeveloper['profile']
  readonly isPending: boolean
}

function DeveloperHeader({ profile, isPending }: DeveloperHeaderProps): ReactElement {
  const isDeveloper = profile !== null
  return (
    <PageHeader
      title="Developer"
      crumbs={[{ label: 'DICOM', to: '/dicom' }]}
      loading={isPending}
      status={
        <StatusChip token={isDeveloper ? 'ok' : 'todo'} variant="soft">
          {isDeveloper ? 'Developer' : 'No profile yet'}
        </StatusChip>
      }
      facts={
        isDeveloper ? (
          <FactsLine>
            <span>{profile.organization ?? 'no organization'}</span>
            <span>Programs send an API key; people at these pages are not counted</span>
          </FactsLine>
        ) : (
          'Say what you will use the API for; then make a key for your program.'
        )
      }
    />
  )
}

/** Without a profile there is one thing to do; afterwards keys and use come first. */
function DeveloperPanels({
  developer: { profile, purposes },
}: {
  readonly developer: WireDeveloper
}): ReactElement {
  if (profile === null) {
    return (
      <div className={classes.page} data-stage="first">
        <div className={classes.column}>
          <ProfilePanel profile={null} purposes={purposes} />
          <HowTo />
        </div>
      </div>
    )
  }
  return (
    <div className={classes.page}>
      <div className={classes.column}>
        <KeyPanel />
        <UsagePanel />
        <HowTo />
      </div>
      <div className={classes.side}>
        <ProfilePanel profile={profile} purposes={purposes} />
      </div>
    </div>
  )
}
