import { Tabs } from '@mantine/core'
import type { ReactElement } from 'react'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useUrlState } from '../../ui/url-state.ts'
import { ExportPack } from './ExportPack.tsx'
import { ImportPack } from './ImportPack.tsx'

/** Tests, lists and cycles as files that other sites read, in both directions. */
export function TestPacksPage(): ReactElement {
  const [{ tab = 'import' }, patch] = useUrlState()
  return (
    <>
      <PageHeader
        title="Test packs"
        crumbs={[{ label: 'Machine QA', to: '/machine-qa' }]}
        facts="Tests, test lists and cycles of other sites, and yours for them. References, tolerances and results do not travel."
      />
      <Tabs value={tab} onChange={(next) => patch({ tab: next ?? undefined }, 'replace')} keepMounted={false}>
        <Tabs.List mb={20}>
          <Tabs.Tab value="import">Import</Tabs.Tab>
          <Tabs.Tab value="export">Export</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="import">
          <ImportPack />
        </Tabs.Panel>
        <Tabs.Panel value="export">
          <ExportPack />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}
