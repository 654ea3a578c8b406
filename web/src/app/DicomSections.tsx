import type { ReactElement } from 'react'
import { holds, useSession } from '../api/session.ts'
import { SectionTabs } from '../ui/SectionTabs.tsx'

const SECTIONS = [
  { label: 'Studies', to: '/dicom/studies', permission: 'dicom.study.view' },
  { label: 'Read a file', to: '/dicom/read', permission: 'dicom.access' },
  { label: 'Generate a file', to: '/dicom/generate', permission: 'dicom.access' },
  { label: 'Developer', to: '/dicom/developer', permission: 'dicom.access' },
] as const

/** The pages of the DICOM part that the signed-in user may enter. */
export function DicomSections(): ReactElement {
  const { user } = useSession()
  return <SectionTabs label="DICOM" sections={SECTIONS.filter(({ permission }) => holds(user, permission))} />
}
