import type { ReactElement } from 'react'
import { holds, useSession } from '../../api/session.ts'
import { SectionTabs } from '../../ui/SectionTabs.tsx'

const SECTIONS = [
  { label: 'Overview', to: '/lims' },
  { label: 'Samples', to: '/lims/samples' },
  { label: 'Receive', to: '/lims/receive', permission: 'lims.sample.receive' },
  { label: 'Worksheets', to: '/lims/worksheets', permission: 'lims.laboratory.view' },
  { label: 'Set-up', to: '/lims/set-up', permission: 'lims.laboratory.view' },
]

/** The pages of the laboratory that the reader may see. */
export function LimsSections(): ReactElement {
  const { user } = useSession()
  return (
    <SectionTabs label="Laboratory" sections={SECTIONS.filter(({ permission }) => holds(user, permission))} />
  )
}
