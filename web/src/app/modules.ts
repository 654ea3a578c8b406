import {
  type Icon,
  IconChartHistogram,
  IconClipboardCheck,
  IconFlask,
  IconHome,
  IconMicroscope,
  IconReport,
  IconSettings,
  IconStack2,
} from '@tabler/icons-react'

/** A part of the product as it appears in the rail and in the search. */
export interface ModuleLink {
  readonly label: string
  readonly icon: Icon
  readonly path: string
  /** Without it everybody sees the entry. */
  readonly permission?: string
}

/** The rail, in this order. A module adds its line here and its routes in `router.tsx`. */
export const MODULES: readonly ModuleLink[] = [
  { label: 'Home', icon: IconHome, path: '/' },
  { label: 'Machine QA', icon: IconClipboardCheck, path: '/machine-qa', permission: 'machine-qa.access' },
  { label: 'DICOM', icon: IconStack2, path: '/dicom', permission: 'dicom.access' },
  { label: 'Research', icon: IconFlask, path: '/research', permission: 'research.access' },
  { label: 'Laboratory', icon: IconMicroscope, path: '/lims', permission: 'lims.access' },
  { label: 'Quality', icon: IconChartHistogram, path: '/quality', permission: 'quality.access' },
  { label: 'Reports', icon: IconReport, path: '/reports', permission: 'reports.report.run' },
  { label: 'Administration', icon: IconSettings, path: '/admin' },
]
