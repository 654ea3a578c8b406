import type { ReactElement } from 'react'
import { holds, useSession } from '../../api/session.ts'
import { SectionTabs } from '../../ui/SectionTabs.tsx'

const SECTIONS = [
  { label: 'Overview', to: '/research', permission: 'research.access' },
  { label: 'Samples', to: '/research/samples', permission: 'research.access' },
  { label: 'Experiments', to: '/research/experiments', permission: 'research.access' },
] as const

/** The pages of research data that the signed-in user may enter. */
export function ResearchSections(): ReactElement {
  const { user } = useSession()
  return (
    <SectionTabs label="Research" sections={SECTIONS.filter(({ permission }) => holds(user, permission))} />
  )
}
