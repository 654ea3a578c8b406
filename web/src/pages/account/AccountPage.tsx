import { Tabs } from '@mantine/core'
import type { ReactElement } from 'react'
import { useSession } from '../../api/session.ts'
import { FactsLine } from '../../ui/FactsLine.tsx'
import { KeyValue } from '../../ui/KeyValue.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useUrlState } from '../../ui/url-state.ts'
import { ChangePassword } from './ChangePassword.tsx'
import { NotificationPanel } from './NotificationPanel.tsx'
import { SessionPanel } from './SessionPanel.tsx'
import { TokenPanel } from './TokenPanel.tsx'

const TABS = ['overview', 'notifications', 'password', 'tokens', 'sessions'] as const

/** The signed-in person: who they are here, their password, tokens and sessions. */
export function AccountPage(): ReactElement {
  const { user } = useSession()
  const [search, patch] = useUrlState()
  const tab = TABS.find((known) => known === search.tab) ?? 'overview'
  return (
    <>
      <PageHeader
        title="My account"
        facts={
          <FactsLine>
            <span>{user.fullName || user.username}</span>
            <span>{user.email || 'no e-mail address'}</span>
          </FactsLine>
        }
      />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) => patch({ tab: next === 'overview' ? undefined : (next ?? undefined) })}
      >
        <Tabs.List mb={24}>
          <Tabs.Tab value="overview">Overview</Tabs.Tab>
          <Tabs.Tab value="notifications">Notifications</Tabs.Tab>
          <Tabs.Tab value="password">Password</Tabs.Tab>
          <Tabs.Tab value="tokens">Tokens</Tabs.Tab>
          <Tabs.Tab value="sessions">Sessions</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="overview">
          <Overview />
        </Tabs.Panel>
        <Tabs.Panel value="notifications">
          <NotificationPanel />
        </Tabs.Panel>
        <Tabs.Panel value="password">
          <ChangePassword />
        </Tabs.Panel>
        <Tabs.Panel value="tokens">
          <TokenPanel holder="own" />
        </Tabs.Panel>
        <Tabs.Panel value="sessions">
          <SessionPanel holder="own" />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}

function Overview(): ReactElement {
  const { user, site } = useSession()
  const facts = [
    { label: 'User name', value: <span className="ts-mono">{user.username}</span> },
    { label: 'Full name', value: user.fullName || null },
    { label: 'E-mail', value: user.email || null },
    { label: 'Site', value: site.name },
    { label: 'Time zone of the site', value: site.zone },
    { label: 'Touchstone', value: <span className="ts-num">{site.version}</span> },
    {
      label: 'Permissions',
      value: user.isAdministrator ? (
        'All: you are an administrator'
      ) : (
        <span className="ts-mono">{user.permissions.toSorted().join(' · ')}</span>
      ),
      wide: true,
    },
  ]
  return <KeyValue facts={facts} />
}
