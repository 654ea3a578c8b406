import { type ComponentType, lazy } from 'react'

export interface RecordTabProps {
  readonly id: number
  readonly title: string
}

/** Something a module adds to the generic page of one of its records. */
export interface RecordTab {
  /** In the address: `?tab=sign-in`. */
  readonly name: string
  readonly label: string
  /** Who may change the record sees it, unless it is for everybody who sees the record. */
  readonly for: 'changers' | 'readers'
  readonly component: ComponentType<RecordTabProps>
}

const UserCredentials = lazy(async () => {
  const { UserCredentials: component } = await import('../pages/account/UserCredentials.tsx')
  return { default: component }
})

const TestListEditor = lazy(async () => {
  const { TestListEditor: component } = await import('../pages/machine-qa-setup/TestListEditor.tsx')
  return { default: component }
})

const CycleEditor = lazy(async () => {
  const { CycleEditor: component } = await import('../pages/machine-qa-setup/CycleEditor.tsx')
  return { default: component }
})

const ReferencesTab = lazy(async () => {
  const { ReferencesTab: component } = await import('../pages/machine-qa-setup/ReferencesTab.tsx')
  return { default: component }
})

const UnitAssignmentsTab = lazy(async () => {
  const { UnitAssignmentsTab: component } = await import('../pages/machine-qa-setup/UnitAssignmentsTab.tsx')
  return { default: component }
})

const AssignmentCopyTab = lazy(async () => {
  const { AssignmentCopyTab: component } = await import('../pages/machine-qa-setup/AssignmentCopyTab.tsx')
  return { default: component }
})

/** By name of the record. Pages never import another module's pages: they meet here. */
export const RECORD_TABS: Readonly<Record<string, readonly RecordTab[]>> = {
  'access.user': [{ name: 'sign-in', label: 'Sign-in', for: 'changers', component: UserCredentials }],
  'machine-qa.test-list': [{ name: 'tests', label: 'Tests', for: 'changers', component: TestListEditor }],
  'machine-qa.test-list-cycle': [{ name: 'days', label: 'Days', for: 'changers', component: CycleEditor }],
  'machine-qa.unit': [
    { name: 'references', label: 'References and tolerances', for: 'changers', component: ReferencesTab },
    { name: 'assignments', label: 'Assignments', for: 'changers', component: UnitAssignmentsTab },
  ],
  'machine-qa.assignment': [
    { name: 'other-units', label: 'Other units', for: 'changers', component: AssignmentCopyTab },
  ],
}
